using System.Collections.Immutable;
using Agency.Notifications;
using Agency.Projects;
using Agency.Reminders;
using Microsoft.Extensions.Logging;

namespace Agency.Portfolio;

/// <summary>The sweep of the shard's projects: first what is to be recorded in them, then who is to be reminded.</summary>
internal sealed partial class PortfolioShardGrain
{
    private const int LookedAtOnce = 1000;

    public async Task<SweepCounts> Remind(ImmutableDictionary<string, string> substitutes, CancellationToken cancellationToken)
    {
        _shard.Sweeping.Turn(calendars.Current);
        var counts = await Record(cancellationToken);
        return city.Reminders.IsWorking(calendars.Current, clock.GetUtcNow()) ? counts + await Tell(substitutes, cancellationToken) : counts;
    }

    private async Task<SweepCounts> Record(CancellationToken cancellationToken)
    {
        var (counts, today, calendar, failed) = (default(SweepCounts), Today, calendars.Current, new List<PortfolioRow>());
        while (_shard.Sweeping.Recording.Take(today, LookedAtOnce) is { Count: > 0 } rows)
        {
            var due = new List<PortfolioRow>();
            foreach (var row in rows)
            {
                if (ProjectMatters.RecordOn(row.Summary, calendar, city.Service) is not { } day) continue;
                if (day <= today) due.Add(row);
                else _shard.Sweeping.Recording.Put(row, day);
            }

            foreach (var some in due.Chunk(AtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var recorded in await Task.WhenAll(some.Select(TryRecord))) counts += recorded;
            }

            await Task.Yield();
        }

        foreach (var row in failed) _shard.Sweeping.Recording.Put(row, today);
        return counts;

        async Task<SweepCounts> TryRecord(PortfolioRow row)
        {
            try
            {
                var (facts, summary) = await GrainFactory.GetGrain<IProjectGrain>(row.Summary.Code).RecordDue(cancellationToken);
                _shard.Take(summary.Version, summary.Summary);

                // Had it nothing to record it would have nothing in an hour.
                if (summary.Version == row.Version) _shard.Sweeping.Recording.Put(row, today.AddDays(1));
                return new(0, facts, 0);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogUnswept(e, row.Summary.Code);
                failed.Add(row);
                return new(0, 0, 1);
            }
        }
    }

    private async Task<SweepCounts> Tell(ImmutableDictionary<string, string> substitutes, CancellationToken cancellationToken)
    {
        var (counts, today, calendar, failed) = (default(SweepCounts), Today, calendars.Current, new List<PortfolioRow>());
        while (_shard.Sweeping.Telling.Take(today, LookedAtOnce) is { Count: > 0 } rows)
        {
            var notices = new List<(Recipient To, Notice Notice)>();
            var looked = new List<(PortfolioRow Row, DateOnly? Next, int Until)>();
            foreach (var row in rows)
            {
                if (Look(row) is { } next) looked.Add((row, next == DateOnly.MaxValue ? null : next, notices.Count));
            }

            var (told, untold) = await Telling.Tell(notices, GrainFactory, logger, cancellationToken);
            counts += new SweepCounts(told, 0, untold.Count);
            var from = 0;
            foreach (var (row, next, until) in looked)
            {
                // A project counts as told when all its inboxes have answered.
                if (untold.Count > 0 && notices[from..until].Exists(n => untold.Contains(n.To))) failed.Add(row);
                else Told(row, next);
                from = until;
            }

            DateOnly? Look(PortfolioRow row)
            {
                var before = notices.Count;
                try
                {
                    Matter[] matters = [.. ProjectMatters.Of(row.Summary, calendar, city.Service)];
                    notices.AddRange(ReminderDecider.Due(matters, new ProjectSubject(row.Summary, city, departments, substitutes), city.Reminders, calendar, today, row.ToldOn));
                    return ReminderDecider.Next(matters, city.Reminders, calendar, today) ?? DateOnly.MaxValue;
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    // One project must not keep the others from being told.
                    LogUnswept(e, row.Summary.Code);
                    notices.RemoveRange(before, notices.Count - before);
                    counts += new SweepCounts(0, 0, 1);
                    failed.Add(row);
                    return null;
                }
            }
        }

        foreach (var row in failed) _shard.Sweeping.Telling.Put(row, today);
        return counts;

        void Told(PortfolioRow row, DateOnly? next)
        {
            row.ToldOn = today;
            if (next is { } day) _shard.Sweeping.Telling.Put(row, day);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Project} could not be swept; the next sweep tries again.")]
    private partial void LogUnswept(Exception exception, string project);
}
