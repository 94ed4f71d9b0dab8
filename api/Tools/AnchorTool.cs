using Agency.EventSourcing;
using Agency.Silo.Storage.Anchors;
using Agency.Silo.Storage.Sqlite;

namespace Agency.Api.Tools;

/// <summary><c>anchor [--data DIR] [--out FILE]</c>: writes today's anchor and prints the line that is to be sent off the machine; exit code
/// 0 made, 1 none can be made (there is one of today, or the one before is not as it was), 2 nothing was done.</summary>
internal static class AnchorTool
{
    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error, TimeProvider? clock = null)
    {
        try
        {
            var options = StrictArguments.Read("anchor", arguments, "--data", "--out");
            var copy = options.GetValueOrDefault("--out");
            if (copy is not null && Path.Exists(copy)) throw new StartupException($"The file '{copy}' is there already and stays as it is: choose another for --out.");
            if (copy is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(copy)))) throw new StartupException($"There is no directory for '{copy}': choose another file for --out.");
            using var store = SqliteReader.Open(options.Data());
            var directory = new AnchorDirectory(options.Data());
            var anchor = await directory.Make(store, clock ?? TimeProvider.System);
            await output.WriteLineAsync($"{anchor}");
            if (copy is not null) File.Copy(directory.FileOf(anchor.Day), copy, overwrite: false);
            return 0;
        }
        catch (InvalidDataException e)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (e is StartupException or StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
