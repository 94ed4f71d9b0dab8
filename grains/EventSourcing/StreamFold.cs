namespace Agency.EventSourcing;

/// <summary>What the streams of a kind come to, and what their summary rows say of it. Pure: the grain writes by it, and what it wrote is checked by it.</summary>
/// <param name="Kind">The kind of the streams.</param>
/// <param name="Codec">How the facts are stored.</param>
/// <param name="Initial">The state before the first fact.</param>
/// <param name="Evolve">The state after more facts.</param>
/// <param name="Summarise">The summary row of a state after the first fact.</param>
internal sealed record StreamFold<TFact, TState>(
    string Kind, FactCodec<TFact> Codec, TState Initial, Func<TState, IReadOnlyList<Entry<TFact>>, TState> Evolve, Func<TState, ReadOnlyMemory<byte>> Summarise) : IStreamFold
    where TFact : class
{
    /// <summary>The state after all facts of a stream.</summary>
    public TState Of(IEnumerable<StoredFact> facts) => Evolve(Initial, [.. facts.Select(Codec.Decode)]);

    public ReadOnlyMemory<byte> Summary(IEnumerable<StoredFact> facts) => Summarise(Of(facts));
}

/// <summary>A <see cref="StreamFold{TFact, TState}"/>, whatever its facts.</summary>
internal interface IStreamFold
{
    string Kind { get; }

    /// <summary>The summary row of a stream with these facts.</summary>
    ReadOnlyMemory<byte> Summary(IEnumerable<StoredFact> facts);
}
