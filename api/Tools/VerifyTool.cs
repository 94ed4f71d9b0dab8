using Agency.EventSourcing;
using Agency.Silo.Storage.Anchors;
using Agency.Silo.Storage.Sqlite;

namespace Agency.Api.Tools;

/// <summary><c>verify [--data DIR] [--anchor FILE|HASH]</c>: looks through a whole store and its anchors. A line for everything that is not
/// whole, and the counts; exit code 0 whole, 1 broken, 2 nothing could be found out.</summary>
internal static class VerifyTool
{
    private const int Whole = 0, Broken = 1, Unknown = 2;

    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var options = StrictArguments.Read("verify", arguments, "--data", "--anchor");
            var given = options.GetValueOrDefault("--anchor");
            if (given is not null && !Anchor.IsHash(given) && !File.Exists(given))
                throw new StartupException($"There is no anchor '{given}': give an anchor's file, or its hash (64 characters of 0-9 and a-f).");
            using var store = SqliteReader.Open(options.Data());
            return await Verify(store, new(options.Data()), given, output);
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

    private static async Task<int> Verify(SqliteReader store, AnchorDirectory directory, string? given, TextWriter output)
    {
        if (await store.Damage() is { } damage) throw new InvalidDataException($"The store's file is damaged: {damage.ReplaceLineEndings(" ")}");

        var (wrong, anchors) = (0, new List<(string Name, string File)>());
        var wanted = given is not null && Anchor.IsHash(given);
        await foreach (var (day, anchor, fault) in directory.Read())
        {
            if (fault is not null) Tell($"anchor {day:yyyy-MM-dd}: {fault}");
            else anchors.Add(($"the anchor of {day:yyyy-MM-dd}", directory.FileOf(day)));
            if (anchor?.Hash == given) wanted = false;
        }

        if (wanted) Tell($"anchor {given}: it is not here, or no longer as it was");
        if (given is not null && !Anchor.IsHash(given) && await Fault(given) is { } bad) Tell($"anchor {given}: {bad}");

        var (check, notes) = (new RecordCheck(store), 0);
        await foreach (var finding in check.Findings())
        {
            if (finding.Fault)
            {
                Tell($"{finding}");
                continue;
            }

            notes++;
            await output.WriteLineAsync($"note: {finding}");
        }

        for (var i = 0; i < anchors.Count; i++)
            await foreach (var fault in check.Findings(anchors[i].Name, AnchorFile.Heads(anchors[i].File), i == 0 ? null : AnchorFile.Heads(anchors[i - 1].File))) Tell($"{fault}");

        await output.WriteLineAsync($"{check.Streams} streams, {check.Facts} facts, {anchors.Count} anchors: {(wrong == 0 ? (notes == 0 ? "whole" : $"whole, {notes} notes") : $"{check.Broken} streams and {wrong - check.Broken} anchors are not as they were")}");
        return wrong == 0 ? Whole : Broken;

        void Tell(string line)
        {
            wrong++;
            output.WriteLine(line);
        }

        async Task<string?> Fault(string file)
        {
            try
            {
                await AnchorFile.Read(file);
                anchors.Add(($"the anchor in {file}", file));
                return null;
            }
            catch (InvalidDataException e)
            {
                return e.Message;
            }
        }
    }
}
