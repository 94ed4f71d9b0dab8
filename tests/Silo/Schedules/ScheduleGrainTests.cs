using System.Collections.Immutable;
using Agency.People;
using Agency.Schedules;
using Microsoft.Extensions.DependencyInjection;
using static Agency.Tests.Silo.Schedules.ScheduleCluster;

namespace Agency.Tests.Silo.Schedules;

/// <summary>A schedule without Quartz: woken by the test alone.</summary>
public sealed class ScheduleGrainTests
{
    private static readonly TimeSpan _retryPeriod = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_calls_from_all_silos_one_does_it_and_an_earlier_occurrence_is_done_with_it()
    {
        var silos = new ScheduleCluster();
        await using var cluster = await silos.Start(silos: 2, quartz: false);
        var views = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Schedule(cluster.Silos[i % 2].ServiceProvider.GetRequiredService<IGrainFactory>()).Fire(At(2, 8, 5), Cancel)));
        Assert.All(views, v => Assert.Equal(At(2, 8, 5), v.Due));
        Assert.Equal(At(2, 8, 5), (await Schedule(cluster.Client).Fire(At(2, 7, 5), Cancel)).Due);
        Assert.Equal([At(2, 8, 5)], silos.Dues);
    }

    [Fact]
    public async Task What_a_silo_fires_whose_clock_is_far_ahead_is_not_due()
    {
        var silos = new ScheduleCluster();
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        Assert.Null((await Schedule(cluster.Client).Fire(At(2, 17, 5), Cancel)).Due);
        Assert.Empty(silos.Dues);
        Assert.Equal(At(2, 9, 5), (await Schedule(cluster.Client).Fire(At(2, 9, 5), Cancel)).Due);
    }

    [Fact]
    public async Task What_is_said_to_be_done_up_to_a_day_to_come_is_done_when_it_is_due()
    {
        var silos = new ScheduleCluster();
        await silos.Rows.Put(ScheduleRow.Key(Job), new ScheduleRow(At(12, 8), At(2, 8), ImmutableSortedDictionary<string, long>.Empty, null, null).Write(), Cancel);
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        Assert.Equal((At(2, 8, 5), null), await Schedule(cluster.Client).Fire(At(2, 8, 5), Cancel) is var view ? (view.Due, view.Missed) : default);
        Assert.Equal([At(2, 8, 5)], silos.Dues);
    }

    [Fact]
    public async Task A_job_that_fails_is_tried_again_until_it_is_done()
    {
        var silos = new ScheduleCluster { Fails = true };
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        var view = await Schedule(cluster.Client).Fire(At(2, 8, 5), Cancel);
        Assert.Equal((null, At(2, 9)), (view.Due, view.FailedAt));

        silos.Clock.Advance(_retryPeriod);
        await Eventually.Holds(async () => (await Schedule(cluster.Client).View(Cancel))!.FailedAt == At(2, 9, 5));
        silos.Fails = false;
        silos.Clock.Advance(_retryPeriod);
        await Eventually.Holds(async () => (await Schedule(cluster.Client).View(Cancel))!.DoneAt == At(2, 9, 10));
        view = (await Schedule(cluster.Client).View(Cancel))!;
        Assert.Equal((At(2, 8, 5), null), (view.Due, view.FailedAt));
        Assert.Equal([At(2, 8, 5), At(2, 8, 5), At(2, 8, 5)], silos.Dues);
    }

    [Fact]
    public async Task A_job_that_goes_on_failing_is_left_to_its_next_occurrence()
    {
        var silos = new ScheduleCluster { Fails = true };
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        await Schedule(cluster.Client).Fire(At(2, 8, 5), Cancel);
        for (var i = 2; i <= 6; i++)
        {
            silos.Clock.Advance(_retryPeriod);
            await Eventually.Holds(async () => silos.Runs.Count == i);
        }

        // What would run now would run before the call that comes after it.
        silos.Clock.Advance(10 * _retryPeriod);
        silos.Fails = false;
        await Schedule(cluster.Client).Fire(At(2, 9, 5), Cancel);
        Assert.Equal([.. Enumerable.Repeat(At(2, 8, 5), 6), At(2, 9, 5)], silos.Dues);
    }

    [Fact]
    public async Task A_retry_is_not_held_up_by_the_failure_of_the_occurrence_before()
    {
        var silos = new ScheduleCluster { Fails = true };
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        await Schedule(cluster.Client).Fire(At(2, 8, 5), Cancel);
        silos.Fails = false;
        Assert.Equal((At(2, 9, 5), null), await Schedule(cluster.Client).Fire(At(2, 9, 5), Cancel) is var view ? (view.Due, view.FailedAt) : default);
        Assert.Equal([At(2, 8, 5), At(2, 9, 5)], silos.Dues);
    }

    [Fact]
    public async Task An_inbox_that_fails_keeps_nothing_from_being_done()
    {
        var silos = new ScheduleCluster { InboxFails = true };
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        await Schedule(cluster.Client).Fire(At(1, 8, 5), Cancel);
        var view = await Schedule(cluster.Client).Fire(At(2, 8, 5), Cancel);
        Assert.Equal((At(2, 8, 5), At(1, 9, 5), 1), (view.Due, view.Missed, silos.Told));
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(59, 0)]
    [InlineData(61, 1)]
    public async Task What_was_missed_for_less_than_an_hour_is_seen_but_not_told(int minutes, int told)
    {
        var silos = new ScheduleCluster { Cron = "0 * * * * ?" };
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        await Schedule(cluster.Client).Fire(At(2, 9), Cancel);
        silos.Clock.Advance(TimeSpan.FromMinutes(minutes));
        var view = await Schedule(cluster.Client).Fire(silos.Clock.GetUtcNow(), Cancel);
        Assert.Equal((At(2, 9, 1), told), (view.Missed, silos.Told));
        silos.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await Schedule(cluster.Client).Fire(silos.Clock.GetUtcNow(), Cancel)).Missed);
    }

    [Fact]
    public async Task What_was_done_outlives_the_silos()
    {
        var silos = new ScheduleCluster();
        await using (var before = await silos.Start(silos: 1, quartz: false)) await Schedule(before.Client).Fire(At(2, 8, 5), Cancel);
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        Assert.Equal((At(2, 8, 5), 1), ((await Schedule(cluster.Client).Fire(At(2, 8, 5), Cancel)).Due, silos.Runs.Count));
    }

    [Fact]
    public async Task Nothing_is_done_while_the_clock_cannot_be_believed()
    {
        var silos = new ScheduleCluster();
        await using var cluster = await silos.Start(silos: 1, quartz: false);
        silos.Guard.Recorded(At(2, 10));
        Assert.Null((await Schedule(cluster.Client).Fire(At(2, 8, 5), Cancel)).Due);
        Assert.Empty(silos.Runs);

        // Until the clock can be believed, however long that is; then without being woken.
        for (var i = 0; i < 8; i++)
        {
            silos.Clock.Advance(_retryPeriod);
            silos.Guard.Recorded(silos.Clock.GetUtcNow().AddHours(1));
            Assert.Null((await Schedule(cluster.Client).View(Cancel))!.Due);
        }

        await silos.Guard.Confirm(new("ada", Role.Administrator));
        silos.Clock.Advance(_retryPeriod);
        await Eventually.Holds(async () => (await Schedule(cluster.Client).View(Cancel))!.Due == At(2, 8, 5));
    }
}
