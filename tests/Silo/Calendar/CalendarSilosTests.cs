using Agency.Silo.Calendar;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Silo.Calendar;

public class CalendarSilosTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task All_told_there_is_nothing_to_wait_for() =>
        Assert.Empty(await CalendarSilos.Behind([("a", Task.CompletedTask), ("b", Task.CompletedTask)], _patience, new FakeTimeProvider()));

    [Fact]
    public async Task Who_fails_is_behind_without_waiting() =>
        Assert.Equal(["b"], await CalendarSilos.Behind([("a", Task.CompletedTask), ("b", Task.FromException(new TimeoutException()))], _patience, new FakeTimeProvider()));

    [Fact]
    public async Task Who_is_silent_is_behind_when_the_patience_is_over_and_not_before()
    {
        var (clock, silent, slow) = (new FakeTimeProvider(), new TaskCompletionSource(), new TaskCompletionSource());
        var behind = CalendarSilos.Behind([("c", silent.Task), ("b", slow.Task), ("a", Task.FromException(new TimeoutException()))], _patience, clock);

        clock.Advance(_patience - TimeSpan.FromTicks(1));
        Assert.False(behind.IsCompleted);
        slow.SetResult();
        Assert.False(behind.IsCompleted);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["a", "c"], await behind);
    }
}
