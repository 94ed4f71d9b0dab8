using Agency.Notifications;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Notifications;

public sealed class WorkingHoursTests
{
    [Theory]
    [InlineData("2026-03-02T09:00:00", "2026-03-02T09:00:00")]
    [InlineData("2026-03-02T08:29:59", "2026-03-02T08:30:00")]
    [InlineData("2026-03-02T08:30:00", "2026-03-02T08:30:00")]
    [InlineData("2026-03-02T17:29:59", "2026-03-02T17:29:59")]
    [InlineData("2026-03-02T17:30:00", "2026-03-03T08:30:00")]
    [InlineData("2026-03-06T18:00:00", "2026-03-09T08:30:00")]
    [InlineData("2026-03-07T07:00:00", "2026-03-09T08:30:00")]
    [InlineData("2026-02-13T18:00:00", "2026-02-14T08:30:00")] // A Saturday that is worked.
    [InlineData("2026-02-14T20:00:00", "2026-02-24T08:30:00")] // Spring Festival.
    public void Something_is_sent_in_working_hours_alone(string asked, string sent) =>
        Assert.Equal(Shanghai(sent), Cities.Shipped.Reminders.NextWorking(Shipped.Calendar, Shanghai(asked)));

    private static DateTimeOffset Shanghai(string time) => DateTimeOffset.Parse($"{time}+08:00", null);
}
