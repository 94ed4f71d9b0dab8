using Agency.People;
using Agency.Projects;
using Agency.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;

namespace Agency.Faults.Processes;

/// <summary>A cluster of silos and the HTTP services that are its clients, processes all.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<IHost> _hosts = [];
    private readonly List<ServiceProcess> _services = [];
    private readonly Trial _trial;
    private readonly TrialTables _tables;
    private readonly string[] _settings;

    private Cluster(Trial trial, TrialTables tables, string[] settings) => (_trial, _tables, _settings) = (trial, tables, settings);

    /// <summary>Its name.</summary>
    public string Id { get; } = $"f{Guid.NewGuid():N}";

    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>A client of the first HTTP service that acts as somebody else than the office.</summary>
    public HttpClient As(Actor actor) => _services[0].As(actor, _data.Path);

    /// <summary>A client of each HTTP service.</summary>
    public IReadOnlyList<HttpClient> Clients => [.. _services.Select(s => s.Client)];

    private IEnumerable<string> Arguments => [.. _tables.Arguments, "--cluster", Id, "--profile", $"{_trial.Profile}"];

    /// <summary>Starts a cluster, and waits until it takes commands.</summary>
    /// <param name="settings">More arguments of every command line.</param>
    public static async Task<Cluster> Start(Trial trial, TrialTables tables, int silos, int services, CancellationToken cancellationToken, params string[] settings)
    {
        var cluster = new Cluster(trial, tables, settings);
        try
        {
            await cluster.AddSilos(silos, cancellationToken);
            await cluster.AddServices(services, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>More silos, which start at the same time.</summary>
    public async Task AddSilos(int count, CancellationToken cancellationToken) => await Add(
        _silos, [.. Enumerable.Range(_silos.Count + 1, count).Select(number => SiloProcess.Start($"s{number}", [.. Arguments, .. _settings], cancellationToken))]);

    /// <summary>One more silo, in this process, so that it can be given a clock.</summary>
    public async Task AddSilo(string name, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = ClusterSilo.Builder([.. Arguments, .. _settings, "--name", name]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock).AddSingleton<IFatalErrorHandler, Survivor>();
        _hosts.Add(builder.Build());
        await _hosts[^1].StartAsync(cancellationToken);
    }

    /// <summary>Has projects live in the silo that is in this process.</summary>
    public async Task Move(IReadOnlyList<string> projects)
    {
        var silo = _hosts[^1].Services;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.GetRequiredService<ILocalSiloDetails>().SiloAddress);
        foreach (var project in projects) await silo.GetRequiredService<IGrainFactory>().GetGrain<IProjectGrain>(project).Cast<IGrainManagementExtension>().MigrateOnIdle();
        RequestContext.Clear();
    }

    /// <summary>More HTTP services.</summary>
    public async Task AddServices(int count, CancellationToken cancellationToken) => await Add(
        _services, [.. Enumerable.Range(0, count).Select(_ => ServiceProcess.Start(_data.Path, cancellationToken, settings: ["--mode", "cluster", .. Arguments, .. _settings]))]);

    /// <summary>Returns when a killed silo is held dead by the others.</summary>
    public Task Buried(SiloProcess killed, CancellationToken cancellationToken) =>
        Waiting.Until($"That the killed silo {killed.Name} is held dead", async () => (await _tables.Dead(Id, cancellationToken)).Contains(killed.Name), TimeSpan.FromMinutes(1), cancellationToken);

    /// <summary>kill -9 of every process, and what is in this one ends; what must not have happened to silos and services until then.</summary>
    public async Task<Casualties> End(CancellationToken cancellationToken)
    {
        var (killed, gone) = (_silos.Where(s => s.Killed).Select(s => s.Name).ToHashSet(StringComparer.Ordinal), new List<string>());
        var dead = await _tables.Dead(Id, cancellationToken);
        await Task.WhenAll([.. _silos.Select(s => s.Kill())]);
        foreach (var silo in _silos.Where(s => !s.Killed)) gone.Add($"The silo {silo.Name} has ended by itself: {await silo.LastWords()}");
        foreach (var service in _services.Where(s => s.HasEnded)) gone.Add($"An HTTP service has ended by itself: {await service.LastWords()}");
        await Task.WhenAll([.. _services.Select(s => s.Kill())]);
        await EndHosts();
        return new([.. dead.Where(name => !killed.Contains(name))], gone);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services) await service.DisposeAsync();
        foreach (var silo in _silos) await silo.DisposeAsync();
        await EndHosts();
        _data.Dispose();
    }

    private async Task EndHosts()
    {
        foreach (var host in _hosts)
        {
            // Nobody is left of whom it could take leave.
            await host.StopAsync(new CancellationToken(canceled: true));
            host.Dispose();
        }

        _hosts.Clear();
    }

    // Those that have started are to be ended, too, where another has not.
    private static async Task Add<T>(List<T> started, Task<T>[] starting)
    {
        try
        {
            await Task.WhenAll(starting);
        }
        finally
        {
            foreach (var start in starting.Where(s => s.IsCompletedSuccessfully)) started.Add(await start);
        }
    }

    // A silo that the others hold dead ends its process, which here is the bench; the table of members tells of it.
    private sealed class Survivor : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => false;

        public void OnFatalException(object? sender, string? context, Exception? exception)
        {
        }
    }
}

/// <summary>What happened to processes that nobody killed.</summary>
/// <param name="FalseDeaths">The names of silos that the others held dead.</param>
/// <param name="Gone">Those that ended by themselves, a line each.</param>
internal sealed record Casualties(IReadOnlyList<string> FalseDeaths, IReadOnlyList<string> Gone)
{
    public static Casualties None { get; } = new([], []);
}
