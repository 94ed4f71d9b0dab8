using Agency.Silo.Hosting;

namespace Agency.Api.Hosting;

/// <summary>Where the grains are that answer: in this process or in silos elsewhere.</summary>
internal static class Silos
{
    /// <exception cref="StartupException">A setting cannot be used; which, in one sentence.</exception>
    public static void UseSilos(this WebApplicationBuilder builder, ServiceOptions options)
    {
        if (options.Mode == ServiceMode.Embedded) builder.UseEmbeddedSilo(options.Data);
        else builder.UseClusterClient().Services.AddHttpContextAccessor().AddSingleton<IOutgoingGrainCallFilter, RideThrough>();
        if (options.Dashboard) builder.AddDashboard(options.Mode);
        builder.Services.AddSingleton<Readiness>();
    }

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
