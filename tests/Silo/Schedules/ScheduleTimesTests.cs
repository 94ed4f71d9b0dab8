using Agency.Schedules;
using Agency.Silo.Schedules;
using Agency.Tests.Grains.Catalogue;
using Microsoft.Extensions.Configuration;
using static Agency.Tests.Silo.Schedules.ScheduleCluster;

namespace Agency.Tests.Silo.Schedules;

public sealed class ScheduleTimesTests
{
    [Theory]
    [InlineData("0 5 * * * ?", "03-02T08:05", "03-02T09:05")]
    [InlineData("0 0 9 * * ?", "03-02T09:00", "03-03T09:00")]
    [InlineData("0 35 8 ? * SUN", "03-01T08:35", "03-08T08:35")]
    [InlineData("0 10 0 15 * ?", "02-15T00:10", "03-15T00:10")]
    [InlineData("0 0 0 29 2 ? 2024", "2024-02-29T00:00", null)]
    [InlineData("0 0 0 1 1 ? 2027", null, "2027-01-01T00:00")]
    [InlineData("", null, null)]
    public void Its_occurrences_are_those_of_Shanghai(string cron, string? last, string? next)
    {
        var times = new ScheduleTimes(Only(cron), [new ScheduleCluster()]);
        Assert.Equal((Instant(last), Instant(next)), (times.Last(Job, At(2, 9)), times.Next(Job, At(2, 9))));
        Assert.Equal([Job], times.Jobs);
        Assert.Equal(cron.Length > 0 ? cron : null, times.Cron(Job));
        Assert.Null(times.Next("other", At(2, 9)));
    }

    [Fact]
    public void A_job_without_times_stops_the_start() =>
        Assert.Equal(
            "The schedule 'other' has no times: set Agency:Schedules:Times:other, to nothing if it is to have none.",
            Assert.Throws<StartupException>(() => new ScheduleTimes(new(), [new Other()])).Message);

    [Theory]
    [InlineData("Times:sweep", "often", "The times of the schedule 'sweep' (Agency:Schedules:Times:sweep) are 'often', which is no Quartz cron expression")]
    [InlineData("Times:sweep", "0 5 * * *", "The times of the schedule 'sweep' (Agency:Schedules:Times:sweep) are '0 5 * * *', which is no Quartz cron expression")]
    [InlineData("Times:swep", "0 5 * * * ?", "There is no schedule 'swep' (Agency:Schedules:Times:swep): there are anchor, deliveries, digest, keys, retention, series, sweep.")]
    [InlineData("Enabled", "perhaps", "A setting of Agency:Schedules cannot be read")]
    [InlineData("Time", "0 5 * * * ?", "A setting of Agency:Schedules cannot be read")]
    public void A_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string name, string value, string said) =>
        Assert.StartsWith(said, Assert.Throws<StartupException>(() => ScheduleOptions.Read(Settings(name, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_morning_digest_comes_after_a_sweep_that_has_told_what_is_due_that_day()
    {
        var options = new ScheduleOptions();
        var opens = ShanghaiTime.InstantOf(new(2026, 3, 2), Cities.Shipped.Reminders.WorkFrom);
        var swept = options.CronOf("sweep")!.GetNextValidTimeAfter(opens);
        Assert.InRange(options.CronOf("digest")!.GetNextValidTimeAfter(opens)!.Value, swept!.Value.AddMinutes(1), opens.AddHours(1));
    }

    [Fact]
    public void Each_job_has_times_of_its_own_unless_it_is_given_others()
    {
        Assert.All(new ScheduleOptions().Times, job => Assert.NotNull(new ScheduleOptions().CronOf(job.Key)));
        var options = ScheduleOptions.Read(Settings("Times:sweep", ""));
        Assert.Null(options.CronOf("sweep"));
        Assert.Equal(new ScheduleOptions().Times["digest"], options.CronOf("digest")?.CronExpressionString);
    }

    private static IConfiguration Settings(string name, string value) => new ConfigurationBuilder().AddInMemoryCollection([new($"Agency:Schedules:{name}", value)]).Build();

    private static DateTimeOffset? Instant(string? time) =>
        time is null ? null : DateTimeOffset.Parse($"{(time.Length == 11 ? "2026-" : "")}{time}:00+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    private sealed class Other : IScheduledJob
    {
        public string Name => "other";

        public Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
