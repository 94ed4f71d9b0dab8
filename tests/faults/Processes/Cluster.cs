using Agency.People;
using Agency.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Faults.Processes;

/// <summary>A cluster of silos and the HTTP services that are its clients, processes all.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<IHost> _hosts = [];
    private readonly List<ServiceProcess> _services = [];
    private readonly TrialTables _tables;
    private readonly string[] _settings;

    private Cluster(TrialTables tables, string[] settings) => (_tables, _settings) = (tables, settings);

    /// <summary>Its name.</summary>
    public string Id { get; } = $"f{Guid.NewGuid():N}";

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IReadOnlyList<ServiceProcess> Services => _services;

    /// <summary>A client of the first HTTP service that acts as somebody else than the office.</summary>
    public HttpClient As(Actor actor) => _services[0].As(actor, _data.Path);

    /// <summary>A client of each HTTP service.</summary>
    public IReadOnlyList<HttpClient> Clients => [.. _services.Select(s => s.Client)];

    private IEnumerable<string> Arguments => [.. _tables.Arguments, "--cluster", Id, "--profile", "lan"];

    /// <summary>Starts a cluster, and waits until it takes commands.</summary>
    /// <param name="settings">More arguments of every command line.</param>
    public static async Task<Cluster> Start(TrialTables tables, int silos, int services, CancellationToken cancellationToken, params string[] settings)
    {
        var cluster = new Cluster(tables, settings);
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
        builder.Services.AddSingleton(clock);
        _hosts.Add(builder.Build());
        await _hosts[^1].StartAsync(cancellationToken);
    }

    /// <summary>More HTTP services.</summary>
    public async Task AddServices(int count, CancellationToken cancellationToken) => await Add(
        _services, [.. Enumerable.Range(0, count).Select(_ => ServiceProcess.Start(_data.Path, cancellationToken, settings: ["--mode", "cluster", .. Arguments, .. _settings]))]);

    /// <summary>Returns when a killed silo is held dead by the others.</summary>
    public Task Buried(SiloProcess killed, CancellationToken cancellationToken) =>
        Waiting.Until($"That the killed silo {killed.Name} is held dead", async () => (await _tables.Dead(Id, cancellationToken)).Contains(killed.Name), TimeSpan.FromMinutes(1), cancellationToken);

    /// <summary>kill -9 of every process; silos that the others held dead before, and that were not killed.</summary>
    /// <exception cref="TrialFailedException">A process has ended that nobody killed.</exception>
    public async Task<IReadOnlyList<string>> End(CancellationToken cancellationToken)
    {
        if (_silos.Find(s => s.HasEnded && !s.Killed) is { } ended) throw new TrialFailedException($"The silo {ended.Name} has ended by itself: {await ended.LastWords()}");
        if (_services.Find(s => s.HasEnded) is { } gone) throw new TrialFailedException($"An HTTP service has ended by itself: {await gone.LastWords()}");
        var dead = await _tables.Dead(Id, cancellationToken);
        var killed = _silos.Where(s => s.Killed).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        await Task.WhenAll([.. _silos.Select(s => s.Kill()), .. _services.Select(s => s.Kill())]);
        return [.. dead.Where(name => !killed.Contains(name))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services) await service.DisposeAsync();
        foreach (var silo in _silos) await silo.DisposeAsync();
        foreach (var host in _hosts)
        {
            // Nobody is left of whom it could take leave.
            await host.StopAsync(new CancellationToken(canceled: true));
            host.Dispose();
        }

        _data.Dispose();
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
}
