using Agency.Api.Hosting;
using Agency.Silo.Hosting;
using Agency.Silo.Storage;

namespace Agency.Api.Tools;

/// <summary>A tool's options, <c>--name value</c> or <c>--name</c> alone, each at most once: what it does not know is refused.</summary>
internal static class StrictArguments
{
    /// <summary>The options that say which store is looked at.</summary>
    public static readonly string[] Store = ["--data", "--mode", "--storage"];

    private static readonly Dictionary<string, string> _settings = new()
    {
        ["--data"] = $"{ServiceOptions.Section}:{nameof(ServiceOptions.Data)}",
        ["--mode"] = $"{ServiceOptions.Section}:Mode",
        ["--storage"] = $"{ClusterSettings.Section}:{nameof(ClusterSettings.ConnectionString)}",
    };

    /// <param name="known">The options that have a value.</param>
    /// <param name="flags">The options that have none: empty where they are given.</param>
    /// <exception cref="StartupException">An argument is none of the tool's; in one sentence.</exception>
    public static IReadOnlyDictionary<string, string> Read(string tool, string[] arguments, string[] known, params string[] flags)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            var flag = flags.Contains(name);
            if (!flag && !known.Contains(name)) throw new StartupException($"'{tool}' knows no '{name}': it takes {string.Join(", ", known.Concat(flags))}.");
            if (!flag && (++i == arguments.Length || arguments[i].Length == 0)) throw new StartupException($"'{tool}' needs a value after {name}.");
            if (!options.TryAdd(name, flag ? "" : arguments[i])) throw new StartupException($"'{tool}' takes {name} once.");
        }

        return options;
    }

    /// <summary>Opens the store that the options or the service's settings name.</summary>
    /// <exception cref="StartupException">There is none.</exception>
    public static async Task<ReadableStore> OpenStore(this IReadOnlyDictionary<string, string> options)
    {
        var settings = options.Settings();
        if (options.ContainsKey("--storage") && !ReadableStore.IsOfCluster(settings)) throw new StartupException("The storage (--storage) is a cluster's: give it with --mode cluster.");
        return await ReadableStore.Open(settings, options.Data());
    }

    /// <summary>The data directory: as given, otherwise the one that the service itself would take.</summary>
    /// <exception cref="StartupException">The settings cannot be read.</exception>
    public static string Data(this IReadOnlyDictionary<string, string> options) => options.Settings()[_settings["--data"]] ?? new ServiceOptions().Data;

    // As the service reads them, but for what the options say.
    private static IConfigurationRoot Settings(this IReadOnlyDictionary<string, string> options)
    {
        try
        {
            return new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables()
                .AddInMemoryCollection(options.Where(o => _settings.ContainsKey(o.Key)).Select(o => KeyValuePair.Create(_settings[o.Key], (string?)o.Value))).Build();
        }
        catch (InvalidDataException e)
        {
            throw new StartupException(e.Message, e);
        }
    }
}
