using Agency.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Agency.Silo;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            using var host = ClusterSilo.Builder(args).Build();
            await host.Prepare();
            try
            {
                await host.StartAsync();
            }
            catch (OperationCanceledException) when (host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
            {
                return 0; // told to stop before it had begun
            }

            var self = host.Services.GetRequiredService<ILocalSiloDetails>();
            await Console.Out.WriteLineAsync($"silo {self.Name} {self.SiloAddress.Endpoint}");
            await host.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (e is StartupException or InvalidDataException) // for a settings file that is no JSON
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
