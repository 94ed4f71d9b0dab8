using Agency.Notifications;
using Microsoft.Extensions.DependencyInjection;
using static Agency.Tests.Silo.Schedules.ScheduleCluster;

namespace Agency.Tests.Silo.Schedules;

/// <summary>Quartz in several silos at once: each occurrence is done once.</summary>
public sealed class ScheduleClusterTests
{
    private readonly ScheduleCluster _silos = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_that_start_at_once_do_the_last_occurrence_once()
    {
        await using var cluster = await _silos.Start(silos: 3);
        await Eventually.Holds(async () => _silos.Fired == 3);
        Assert.Equal([At(2, 8, 5)], _silos.Dues);
        var view = (await Schedule(cluster.Client).View(Cancel))!;
        Assert.Equal((At(2, 8, 5), At(2, 9), null, null), (view.Due, view.DoneAt, view.Missed, view.FailedAt));
        Assert.Equal([KeyValuePair.Create("looked", 1L)], view.Done);
        Assert.Equal(0, _silos.Told);
    }

    [Fact]
    public async Task Silos_that_fire_at_the_same_instant_do_each_occurrence_once_and_not_before_its_time_in_Shanghai()
    {
        await using var cluster = await _silos.Start(silos: 2);
        await Eventually.Holds(async () => _silos.Fired == 2);
        for (var hour = 9; hour < 11; hour++)
        {
            _silos.Clock.Advance(At(2, hour, 5).AddSeconds(-2) - _silos.Clock.GetUtcNow());
            await Eventually.Holds(async () =>
            {
                _silos.Clock.Advance(TimeSpan.FromMilliseconds(200));
                return _silos.Fired == 2 * (hour - 7);
            });
        }

        Assert.Equal([At(2, 8, 5), At(2, 9, 5), At(2, 10, 5)], _silos.Dues);
        Assert.All(_silos.Runs, r => Assert.True(r.At > r.Due.AddSeconds(-1)));
        Assert.Equal(0, _silos.Told);
    }

    [Fact]
    public async Task What_was_missed_in_three_days_is_made_good_once_and_told()
    {
        await using (await _silos.Start(silos: 1)) await Eventually.Holds(async () => _silos.Fired == 1);
        _silos.Clock.Advance(TimeSpan.FromDays(3));
        await using var cluster = await _silos.Start(silos: 2);
        await Eventually.Holds(async () => _silos.Fired == 3);
        Assert.Equal([At(2, 8, 5), At(5, 8, 5)], _silos.Dues);
        Assert.Equal(At(2, 9, 5), (await Schedule(cluster.Client).View(Cancel))!.Missed);

        var (inbox, notice) = Assert.Single(_silos.Notices);
        Assert.Equal("office", inbox.Key.ToString());
        Assert.Equal(("scheduleLate", NoticeSubject.Service, Job, new DateOnly(2026, 3, 5)), (notice.Rule, notice.Subject, notice.SubjectId, notice.Day));
        Assert.Equal([KeyValuePair.Create("code", Job), KeyValuePair.Create("day", "2026-03-02")], notice.Values);
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public async Task What_a_wrong_clock_held_up_is_done_once_it_is_right_and_so_is_what_comes_after(int days)
    {
        await using var cluster = await _silos.Start(silos: 1);
        await Eventually.Holds(async () => _silos.Fired == 1);
        _silos.Wall.Skew = TimeSpan.FromDays(days);
        for (var minute = 0; minute < 10; minute++)
        {
            _silos.Clock.Advance(TimeSpan.FromMinutes(1));
            await Schedule(cluster.Client).View(Cancel);
        }

        Assert.Equal([At(2, 8, 5)], _silos.Dues);
        _silos.Wall.Skew = TimeSpan.Zero;
        await Comes(At(2, 9, 5), At(2, 9, 40));
        await Comes(At(2, 10, 5), At(2, 10, 40));
        Assert.Equal([At(2, 8, 5), At(2, 9, 5), At(2, 10, 5)], _silos.Dues);

        Task Comes(DateTimeOffset due, DateTimeOffset by) => Eventually.Holds(async () =>
        {
            if (_silos.Clock.GetUtcNow() < by) _silos.Clock.Advance(TimeSpan.FromSeconds(10));
            return _silos.Dues.Contains(due);
        });
    }

    [Fact]
    public async Task One_silo_that_is_down_is_missed_by_nothing()
    {
        await using var cluster = await _silos.Start(silos: 2);
        await Eventually.Holds(async () => _silos.Fired == 2);
        await cluster.KillSiloAsync(cluster.Silos[1], Cancel);
        var left = cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();
        _silos.Clock.Advance(At(2, 9, 5).AddSeconds(-2) - _silos.Clock.GetUtcNow());
        await Eventually.Holds(async () =>
        {
            _silos.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return _silos.Dues.Contains(At(2, 9, 5));
        });
        await Eventually.Holds(async () => (await Schedule(left).View(Cancel))!.Due == At(2, 9, 5));
        Assert.Equal([At(2, 8, 5), At(2, 9, 5)], _silos.Dues);
        Assert.Equal(0, _silos.Told);
    }
}
