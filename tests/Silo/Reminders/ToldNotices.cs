using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agency.Notifications;

namespace Agency.Tests.Silo.Reminders;

/// <summary>Takes the place of all inboxes of a silo: keeps what they are told once by its id, and outlives silos.</summary>
public sealed class ToldNotices : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, bool> _ids = new();
    private readonly ConcurrentQueue<(Recipient To, Notice Notice)> _new = [];
    private int _calls;

    /// <summary>How often an inbox was told something since this was last asked.</summary>
    public int Calls => Interlocked.Exchange(ref _calls, 0);

    /// <summary>The recipients whose inboxes fail.</summary>
    public ConcurrentDictionary<Recipient, bool> Failing { get; } = [];

    /// <summary>What is done before an inbox is told.</summary>
    public Func<Recipient, Task>? BeforeTelling { get; set; }

    /// <summary>Whom a rule has told something new since this was last asked.</summary>
    public string New(string rule)
    {
        var told = new List<string>();
        while (_new.TryDequeue(out var next))
        {
            if (next.Notice.Rule == rule) told.Add(next.To.ToString());
        }

        return string.Join(' ', told.Order(StringComparer.Ordinal));
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IInboxGrain) || context.MethodName != nameof(IInboxGrain.Tell))
        {
            await context.Invoke();
            return;
        }

        Interlocked.Increment(ref _calls);
        var (to, told) = (Recipient.Parse(context.TargetId.Key.ToString()!), 0);
        if (BeforeTelling is { } before) await before(to);
        if (Failing.ContainsKey(to)) throw new IOException("The disk is full.");
        foreach (var notice in (ImmutableArray<Notice>)context.Request.GetArgument(0)!)
        {
            if (!_ids.TryAdd(notice.Id, true)) continue;
            _new.Enqueue((to, notice));
            told++;
        }

        context.Result = told;
    }
}
