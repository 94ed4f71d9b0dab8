using Agency.Silo.Hosting;

namespace Agency.Api.Hosting;

/// <summary>Where the grains are that answer: in this process or in silos elsewhere.</summary>
internal static class Silos
{
    /// <exception cref="StartupException">A setting cannot be used; which, in one sentence.</exception>
    public static void UseSilos(this WebApplicationBuilder builder, ServiceOptions options)
    {
        if (options.Mode == ServiceMode.Embedded && NamesCluster(builder.Configuration.GetSection(ClusterSettings.Section)))
            throw new StartupException($"{ClusterSettings.Section} (--storage) names the storage of a cluster, and the service keeps its own: start it with --mode cluster, or leave the storage out.");
        if (options.Mode == ServiceMode.Embedded) builder.UseEmbeddedSilo(options.Data);
        else builder.UseClusterClient().Services.AddHttpContextAccessor().AddSingleton<IOutgoingGrainCallFilter, RideThrough>();
        if (options.Dashboard) builder.AddDashboard(options.Mode);
        builder.Services.AddSingleton<Readiness>();
    }

    private static bool NamesCluster(IConfigurationSection cluster) =>
        cluster[nameof(ClusterSettings.ConnectionString)] is { Length: > 0 } || cluster[nameof(ClusterSettings.Endpoint)] is { Length: > 0 };

    /// <summary>Runs the service until it is told to stop, be it while it still waits for silos.</summary>
    public static async Task RunUntilTold(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // It had not begun.
        }
    }
}
