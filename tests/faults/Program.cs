using System.Globalization;
using Agency.Faults.Processes;
using Agency.Silo.Hosting;

namespace Agency.Faults;

/// <summary>Tries every fault many times. Named, as the service's own Program is in the same tests.</summary>
internal static class FaultsProgram
{
    private const string Usage = "Usage: Agency.Faults [--trials N] [--only CODE] [--profile lan|default] [--brief]";

    public static async Task<int> Main(string[] args)
    {
        var (trials, only, trial) = (20, default(string), new Trial(Storage: 0, Brief: false));
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--trials" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0:
                    (trials, i) = (given, i + 1);
                    break;
                case "--only" when AllFaults.Of(value).Count > 0:
                    (only, i) = (value, i + 1);
                    break;
                case "--profile" when Enum.TryParse<MembershipProfile>(value, ignoreCase: true, out var profile) && Enum.IsDefined(profile):
                    (trial, i) = (trial with { Profile = profile }, i + 1);
                    break;
                case "--brief":
                    trial = trial with { Brief = true };
                    break;
                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return 2;
            }
        }

        if (!AzuriteProcess.IsInstalled)
        {
            await Console.Error.WriteLineAsync("The emulator of Azure Tables is missing: ./dev bench faults installs it where there is npm.");
            return 2;
        }

        using var cancel = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancel.Cancel();
        };
        try
        {
            return await Run(AllFaults.Of(only), trials, trial, cancel.Token) ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    private static async Task<bool> Run(IReadOnlyList<Fault> faults, int trials, Trial trial, CancellationToken cancellationToken)
    {
        var good = true;
        await using var azurite = await AzuriteProcess.Start(cancellationToken);
        foreach (var fault in faults)
        {
            var outcomes = new List<Outcome>();
            for (var number = 1; number <= trials; number++)
            {
                var outcome = await fault.Try(trial with { Storage = azurite.Port }, cancellationToken);
                outcomes.Add(outcome);
                if (outcome.Note is { } note) await Console.Error.WriteLineAsync($"{fault.Code}, trial {number}: {note}");
                foreach (var wrong in outcome.Wrong) await Console.Error.WriteLineAsync($"{fault.Code}, trial {number}: {wrong}");
            }

            Console.WriteLine(Report.Of(fault, outcomes, trial));
            good &= outcomes.All(o => o.IsGood);
        }

        return good;
    }
}
