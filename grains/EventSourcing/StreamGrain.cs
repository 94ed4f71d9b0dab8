using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Agency.EventSourcing;

/// <summary>A grain whose state is the fold of one stream: folds on activation, then decides, commits and evolves one command at a time.</summary>
/// <param name="store">Where the stream lies.</param>
/// <param name="clock">The wall clock.</param>
/// <param name="logger">The grain's log.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that must be given back.")]
internal abstract partial class StreamGrain<TFact, TState>(IEventStore store, TimeProvider clock, ILogger logger) : Grain, IIncomingGrainCallFilter
    where TFact : class
{
    private const int LongStream = 2000;
    private const int Attempts = 3;
    private const int LargestAnswer = 256 * 1024;
    private static readonly TimeSpan _keyLife = TimeSpan.FromDays(30);
    private static readonly TimeSpan _passingKeyLife = TimeSpan.FromMinutes(10);

    // Some calls are taken while others wait; what they decide is committed one after the other all the same.
    private readonly SemaphoreSlim _writing = new(1, 1);

    private byte[] _hash = [];
    private DateTimeOffset _lastRecorded;

    // Set on activation, before the first call.
    protected TState State { get; private set; } = default!;

    protected long Version { get; private set; }

    protected abstract StreamId Stream { get; }

    /// <summary>What the stream's facts come to.</summary>
    protected abstract StreamFold<TFact, TState> Fold { get; }

    protected IEventStore Store => store;

    protected FactCodec<TFact> Codec => Fold.Codec;

    protected ILogger Logger => logger;

    /// <summary>Whether each commit leaves a marker, for what is to follow from it elsewhere.</summary>
    protected virtual bool Marks => false;

    protected DateOnly Today => ShanghaiTime.DayOf(clock.GetUtcNow());

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => await Load(cancellationToken);

    /// <summary>What is nowhere holds no memory: whoever tries out codes gets an activation for each.</summary>
    async Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (Version == 0) DeactivateOnIdle();
    }

    /// <summary>Decides a command, commits what follows from it, and answers; a repeat under the same key gets the first answer.</summary>
    /// <param name="act">What came with the command.</param>
    /// <param name="decide">The decider, on the state as it is.</param>
    /// <param name="view">What is answered, on the state as it will be, with its version.</param>
    protected async Task<Answer<TView>> Execute<TView>(Act act, Func<TState, Moment, Decision<TFact>> decide, Func<TState, (TView View, long Version)> view)
        where TView : class
    {
        var (before, answer) = (Version, default(Answer<TView>)!);
        await _writing.WaitAsync();
        try
        {
            before = Version;
            answer = await ExecuteAlone(act, decide, view);
        }
        finally
        {
            _writing.Release();
        }

        if (answer.Refusal is null && !answer.Replayed && Version > before) await Committed(before, Version);
        return answer;
    }

    /// <summary>The state was folded anew from the store: on activation, or because another activation has written.</summary>
    protected virtual Task Folded() => Task.CompletedTask;

    /// <summary>The stream has grown by a command, which is answered after this.</summary>
    /// <param name="after">The version before it.</param>
    /// <param name="version">Its version.</param>
    protected virtual Task Committed(long after, long version) => Task.CompletedTask;

    /// <summary>Reads the stream from the store and computes its chain and its texts' hashes anew. What the activation knows and the store has no longer is missing.</summary>
    protected async Task<ChainReport> Verify(CancellationToken cancellationToken)
    {
        var (known, check) = (Version, new StreamCheck(Stream));
        await foreach (var fact in store.Read(Stream, 0, cancellationToken)) check.Add(fact);
        return new(check.Facts, check.Fault?.Version ?? (check.Facts < known ? check.Facts + 1 : check.Emptied?.Version), check.Head, [.. check.Unerased.Select(u => u.Version).Distinct()]);
    }

    /// <summary>Folds the stream anew if the state has not come to a version that somebody has seen in the store: a commit whose answer was given up can go in later.</summary>
    /// <exception cref="InconsistentStateException">The store has not come to it, either.</exception>
    protected async Task CatchUp(long version)
    {
        if (version <= Version) return;
        await _writing.WaitAsync();
        try
        {
            if (version > Version) await LoadAnew();
        }
        finally
        {
            _writing.Release();
        }

        if (version > Version) throw new InconsistentStateException($"{Stream} has no version {version}.");
    }

    /// <summary>Whether the first answer to a command may hold a text that was redacted since: a repeat gets the thing as it then stands.</summary>
    protected virtual bool MayTellRedacted(string commandId) => false;

    /// <summary>When a command given now is decided.</summary>
    protected Moment Moment()
    {
        var now = clock.GetUtcNow();
        return new(now > _lastRecorded ? now : _lastRecorded.AddTicks(1), ShanghaiTime.DayOf(now));
    }

    private async Task<Answer<TView>> ExecuteAlone<TView>(Act act, Func<TState, Moment, Decision<TFact>> decide, Func<TState, (TView View, long Version)> view)
        where TView : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var moment = Moment();
            var decision = decide(State, moment);
            if (decision.Refusal is { } refusal) return await Replay(act, view) ?? new(refusal, 0, null);
            if (decision.Facts.IsEmpty) return await Replay(act, view) ?? Answered(view(State));
            if (decision.Facts.Length > Commit.MaxFacts) return new(Refusal.Of(Refusals.TooManyFacts, ("max", Commit.MaxFacts)), 0, null);

            var next = Fold.Evolve(State, decision.Facts);
            var answer = Answered(view(next));
            var outcome = await Append(decision.Facts, next, Record(act, moment, answer));
            if (outcome == CommitOutcome.Committed) return answer;

            // Another activation has written: what is held here is old. Folded anew, the command is answered as it was, or decided again.
            await LoadAnew();
            if (outcome == CommitOutcome.KeyTaken && await Replay(act, view) is { } first) return first;
            if (attempt == Attempts) throw new InconsistentStateException($"{Stream} cannot be written at {Version}: {outcome}.");
        }
    }

    private async Task<CommitOutcome> Append(ImmutableArray<Entry<TFact>> entries, TState next, IdempotencyRecord? key)
    {
        var (stream, hash, facts) = (Stream, _hash, new List<StoredFact>(entries.Length));
        foreach (var entry in entries)
        {
            var fact = Codec.Encode(entry, stream, hash);
            facts.Add(fact);
            hash = fact.Hash.ToArray();
        }

        var commit = new Commit(stream, Version, facts, Fold.Summarise(next), key, Marks);
        commit.Validate();
        CommitOutcome outcome;
        try
        {
            // Past this line nothing is cancelled: a commit is known to be in or known to be out.
            outcome = await store.Commit(commit, CancellationToken.None);
        }
        catch (Exception e) when (e is not ClockMovedException)
        {
            // Unknown outcome: what is held here is no longer to be trusted; the next call folds anew.
            LogCommitFailed(Stream, Version);
            DeactivateOnIdle();
            throw;
        }

        if (outcome == CommitOutcome.Committed) (State, Version, _hash, _lastRecorded) = (next, commit.Version, hash, entries[^1].RecordedAt);

        return outcome;
    }

    // Where that fails what is held here stays old: the next call folds by itself.
    private async Task LoadAnew()
    {
        try
        {
            await Load(CancellationToken.None);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        var (entries, hash) = (new List<Entry<TFact>>(), HashChain.Start(Stream));
        await foreach (var fact in store.Read(Stream, 0, cancellationToken))
        {
            entries.Add(Codec.Decode(fact));
            hash = fact.Hash.ToArray();
        }

        State = Fold.Evolve(Fold.Initial, entries);
        (Version, _hash, _lastRecorded) = (entries.Count, hash, entries.Count == 0 ? DateTimeOffset.MinValue : entries[^1].RecordedAt);
        if (entries.Count > LongStream) LogLongStream(Stream, entries.Count);
        await Folded();
    }

    private async Task<Answer<TView>?> Replay<TView>(Act act, Func<TState, (TView View, long Version)> view)
        where TView : class
    {
        if (act.Key is not { } key || await store.FindKey(Stream, key.Key, CancellationToken.None) is not { } record) return null;
        if (!record.BodyHash.IsEmpty && !record.BodyHash.Span.SequenceEqual(key.BodyHash.Span)) return new(Refusal.Of(Refusals.KeyReused), 0, null);
        if (key.Passing) return Answered(view(State)) with { Replayed = true };
        if (record.Answer.IsEmpty || MayTellRedacted(key.Key)) return Answered(view(State)) with { Replayed = true };
        var first = JsonSerializer.Deserialize<FirstAnswer<TView>>(record.Answer.Span, FactJson.Options) ?? throw new JsonException("An empty first answer.");
        return first.View is { } said ? new(null, first.Version, said, Replayed: true) : Answered(view(State)) with { Replayed = true };
    }

    private static IdempotencyRecord? Record<TView>(Act act, Moment moment, Answer<TView> answer)
        where TView : class =>
        act.Key is not { } key || answer.View is null ? null
        : key.Passing ? new(key.Key, key.BodyHash, default, moment.Now + _passingKeyLife)
        : new(key.Key, key.BodyHash, Kept(answer), moment.Now + _keyLife);

    // An answer too large to be kept is given to a repeat as the thing then stands.
    private static byte[] Kept<TView>(Answer<TView> answer)
        where TView : class =>
        JsonSerializer.SerializeToUtf8Bytes(new FirstAnswer<TView>(answer.Version, answer.View), FactJson.Options) is { Length: <= LargestAnswer } kept
            ? kept
            : JsonSerializer.SerializeToUtf8Bytes(new FirstAnswer<TView>(answer.Version, null), FactJson.Options);

    private static Answer<TView> Answered<TView>((TView View, long Version) changed)
        where TView : class => new(null, changed.Version, changed.View);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Commit to {Stream} after {Version} failed with unknown outcome; the activation goes.")]
    private partial void LogCommitFailed(StreamId stream, long version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Stream} has {Facts} facts: look at it.")]
    private partial void LogLongStream(StreamId stream, int facts);

    private sealed record FirstAnswer<TView>(long Version, TView? View);
}
