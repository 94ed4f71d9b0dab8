using Agency.EventSourcing;
using Agency.Silo.Storage.Anchors;

namespace Agency.Api.Tools;

/// <summary><c>anchor [--data DIR] [--mode cluster --storage CONNECTION] [--out FILE]</c>: writes today's anchor and prints the line that is to be sent off the machine; exit code
/// 0 made, 1 none can be made (there is one of today, or the one before is not as it was), 2 nothing was done, 3 made, but its line or copy is not out.</summary>
internal static class AnchorTool
{
    private const int Done = 0, Refused = 1, Nothing = 2, MadeOnly = 3;

    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error, TimeProvider? clock = null)
    {
        try
        {
            var options = StrictArguments.Read("anchor", arguments, [.. StrictArguments.Store, "--out"]);
            var directory = new AnchorDirectory(options.Data());
            using var store = await options.OpenStore();
            await using var copy = options.GetValueOrDefault("--out") is { } file ? Copy.Reserve(file) : null;
            var anchor = await directory.Make(store.Reader, clock ?? TimeProvider.System);
            return await Tell(anchor, directory.FileOf(anchor.Day), copy, output, error);
        }
        catch (InvalidDataException e)
        {
            await error.WriteLineAsync(e.Message);
            return Refused;
        }
        catch (Exception e) when (e is StartupException or StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return Nothing;
        }
    }

    // The anchor is made, whatever becomes of what is said of it.
    private static async Task<int> Tell(Anchor anchor, string file, Copy? copy, TextWriter output, TextWriter error)
    {
        try
        {
            await output.WriteLineAsync($"{anchor}");
            if (copy is not null) await copy.Fill(file);
            return Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"The anchor is made, but its line or its copy is not out: take them from {file} by hand. {e.Message}");
            return MadeOnly;
        }
    }

    /// <summary>The file of <c>--out</c>, taken before the anchor is made; it goes again if nothing comes into it.</summary>
    private sealed class Copy(FileStream stream) : IAsyncDisposable
    {
        private bool _filled;

        public static Copy Reserve(string file)
        {
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))) throw new StartupException($"There is no directory for '{file}': choose another file for --out.");
            try
            {
                return new(new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None));
            }
            catch (IOException e) when (Path.Exists(file))
            {
                throw new StartupException($"The file '{file}' is there already and stays as it is: choose another for --out.", e);
            }
        }

        public async Task Fill(string from)
        {
            await using (var anchor = File.OpenRead(from)) await anchor.CopyToAsync(stream);
            stream.Flush(flushToDisk: true);
            _filled = true;
        }

        public async ValueTask DisposeAsync()
        {
            await stream.DisposeAsync();
            if (!_filled) File.Delete(stream.Name);
        }
    }
}
