using Agency.EventSourcing;
using Agency.Silo.Catalogue;
using Agency.Silo.Storage;
using Agency.Silo.Storage.Anchors;

namespace Agency.Api.Tools;

/// <summary><c>verify [--data DIR] [--mode cluster --storage CONNECTION] [--anchor FILE|HASH] [--full [--running] [--acknowledged FILE]]</c>: looks through a whole
/// store and its anchors. A line for everything that is not whole or is to be known, and the counts; exit code 0 whole, 1 broken, 2 nothing could be found out.</summary>
internal static class VerifyTool
{
    private const int Whole = 0, Broken = 1, Unknown = 2;
    private const string Full = "--full", Running = "--running", Acknowledged = "--acknowledged";

    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error, TimeProvider? clock = null)
    {
        try
        {
            var options = StrictArguments.Read("verify", arguments, [.. StrictArguments.Store, "--anchor", Acknowledged], Full, Running);
            var kept = options.GetValueOrDefault("--anchor");
            if (kept is not null && !Anchor.IsHash(kept) && !File.Exists(kept))
                throw new StartupException($"There is no anchor '{kept}': give an anchor's file, or its hash (64 characters of 0-9 and a-f).");
            if (!options.ContainsKey(Full) && (options.ContainsKey(Running) || options.ContainsKey(Acknowledged)))
                throw new StartupException($"'verify' takes {Running} and {Acknowledged} with {Full} alone.");
            var commands = options.GetValueOrDefault(Acknowledged) is { } file ? AcknowledgedCommands.Read(file) : null;
            using var store = await options.OpenStore();
            var anchors = new AnchorDirectory(options.Data());
            var full = options.ContainsKey(Full)
                ? new FullVerification(store.Reader, anchors, CityDataFiles.Load(Path.Combine(AppContext.BaseDirectory, "data")), options.ContainsKey(Running) ? clock ?? TimeProvider.System : null, commands)
                : null;
            var record = full?.Record ?? new StoreVerification(store.Reader, anchors);
            await foreach (var finding in full?.Findings(kept) ?? record.Findings(kept)) await output.WriteLineAsync(finding.Fault ? finding.What : $"note: {finding.What}");
            var known = commands is null ? "" : $", {commands.Count} acknowledged commands, {commands.Lost} lost, {commands.Doubled} doubled";
            await output.WriteLineAsync($"{record.Streams} streams, {record.Facts} facts, {record.Anchors} anchors{known}: {Said(record, full)}");
            return full?.Whole ?? record.Whole ? Whole : Broken;
        }
        catch (InvalidDataException e)
        {
            await output.WriteLineAsync(e.Message);
            return Broken;
        }
        catch (Exception e) when (e is StartupException or StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return Unknown;
        }
    }

    private static string Said(StoreVerification record, FullVerification? full)
    {
        if (full?.Whole ?? record.Whole) return record.Notes == 0 ? "whole" : $"whole, {record.Notes} notes";
        var said = $"{record.BrokenStreams} streams and {record.BrokenAnchors} anchors are not as they were";
        return full is null ? said : $"{said}, {full.DifferingSummaries} summaries say something else, {full.OldMarkers} markers are old";
    }
}
