using Agency.EventSourcing;
using Agency.Silo.Storage;
using Agency.Silo.Storage.Anchors;
using Agency.Silo.Storage.Sqlite;

namespace Agency.Api.Tools;

/// <summary><c>verify [--data DIR] [--anchor FILE|HASH]</c>: looks through a whole store and its anchors. A line for everything that is not
/// whole or is to be known, and the counts; exit code 0 whole, 1 broken, 2 nothing could be found out.</summary>
internal static class VerifyTool
{
    private const int Whole = 0, Broken = 1, Unknown = 2;

    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var options = StrictArguments.Read("verify", arguments, "--data", "--anchor");
            var kept = options.GetValueOrDefault("--anchor");
            if (kept is not null && !Anchor.IsHash(kept) && !File.Exists(kept))
                throw new StartupException($"There is no anchor '{kept}': give an anchor's file, or its hash (64 characters of 0-9 and a-f).");
            using var store = SqliteReader.Open(options.Data());
            var verification = new StoreVerification(store, new(options.Data()));
            await foreach (var finding in verification.Findings(kept)) await output.WriteLineAsync(finding.Fault ? finding.What : $"note: {finding.What}");
            await output.WriteLineAsync($"{verification.Streams} streams, {verification.Facts} facts, {verification.Anchors} anchors: {Said(verification)}");
            return verification.Whole ? Whole : Broken;
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

    private static string Said(StoreVerification verification) =>
        !verification.Whole ? $"{verification.BrokenStreams} streams and {verification.BrokenAnchors} anchors are not as they were"
        : verification.Notes == 0 ? "whole"
        : $"whole, {verification.Notes} notes";
}
