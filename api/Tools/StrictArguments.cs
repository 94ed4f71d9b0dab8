using Agency.Api.Hosting;

namespace Agency.Api.Tools;

/// <summary>A tool's options, <c>--name value</c> each, at most once: what it does not know is refused.</summary>
internal static class StrictArguments
{
    /// <exception cref="StartupException">An argument is none of the tool's; in one sentence.</exception>
    public static IReadOnlyDictionary<string, string> Read(string tool, string[] arguments, params string[] known)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var name = arguments[i];
            if (!known.Contains(name)) throw new StartupException($"'{tool}' knows no '{name}': it takes {string.Join(", ", known)}.");
            if (i + 1 == arguments.Length || arguments[i + 1].Length == 0) throw new StartupException($"'{tool}' needs a value after {name}.");
            if (!options.TryAdd(name, arguments[i + 1])) throw new StartupException($"'{tool}' takes {name} once.");
        }

        return options;
    }

    /// <summary>The data directory: as given, otherwise the one that the service itself would take.</summary>
    /// <exception cref="StartupException">The settings cannot be read.</exception>
    public static string Data(this IReadOnlyDictionary<string, string> options)
    {
        if (options.GetValueOrDefault("--data") is { } given) return given;
        try
        {
            var settings = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();
            return settings[$"{ServiceOptions.Section}:{nameof(ServiceOptions.Data)}"] ?? new ServiceOptions().Data;
        }
        catch (InvalidDataException e)
        {
            throw new StartupException(e.Message, e);
        }
    }
}
