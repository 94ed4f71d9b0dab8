using System.Globalization;
using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>Eight callers send the same command under the same key at the same instant, through two HTTP services; and all of them again after every silo
/// was killed and others started.</summary>
internal sealed class SameKey() : Fault("F5", "the same Idempotency-Key at once by eight callers through two HTTP services, and again after a restart")
{
    private const int Callers = 8;
    private const int Silos = 2;
    private const int Commands = 24, BriefCommands = 9;

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(trial, tables, Silos, services: 2, cancellationToken);
        var (sender, first) = (new Sender(cluster.Clients), new Dictionary<Command, Answer>());
        var from = TimeProvider.System.GetTimestamp();
        foreach (var command in Enumerable.Range(0, trial.Brief ? BriefCommands : Commands).Select(Of)) first[command] = await Called(sender, command, null, cancellationToken);
        await Task.WhenAll(cluster.Silos.Select(s => s.Kill()));
        await cluster.AddSilos(Silos, cancellationToken);
        foreach (var (command, answer) in first) await Called(sender, command, answer, cancellationToken);
        var to = TimeProvider.System.GetTimestamp();
        var casualties = await cluster.End(cancellationToken);
        return await Outcome.Of(sender, tables.Streams(), casualties, from, to, cancellationToken);
    }

    // Each project is registered first, and then visited: what is done once, and what could be done again.
    private static Command Of(int number)
    {
        var (project, key) = (Command.CodeOf(number / 3), string.Create(CultureInfo.InvariantCulture, $"k{number}"));
        return (number % 3) switch
        {
            0 => Command.Registration(project, key),
            1 => Command.Visit(project, key),
            _ => Command.Problem(project, key),
        };
    }

    // The first answer; all others are the same, and marked.
    private static async Task<Answer> Called(Sender sender, Command command, Answer? first, CancellationToken cancellationToken)
    {
        var troubles = Troubles(sender);
        using var ready = new Barrier(Callers);
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Factory.StartNew(
            () =>
            {
                ready.SignalAndWait(cancellationToken);
                return sender.Send(command, caller, cancellationToken);
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
        var original = answers.Where(a => !a.Replayed).ToArray();
        var due = first is null ? 1 : 0;

        // The first answer may be the one that got lost.
        if (original.Length > due || (original.Length < due && Troubles(sender) == troubles)) throw new TrialFailedException($"{command.Path} {command.Key} was answered {original.Length} times as if it were the first time.");
        var expected = first ?? answers[0];
        if (answers.FirstOrDefault(a => a with { Replayed = expected.Replayed } != expected) is { } other) throw new TrialFailedException($"{command.Path} {command.Key} was answered with {other}, first with {expected}.");
        return expected;
    }

    private static int Troubles(Sender sender) => sender.Unanswered + sender.Refusals.Count;
}
