using Agency.EventSourcing;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Silo.Feeds;
using Agency.Silo.Portfolio;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Reviews;

internal static class ReviewCluster
{
    /// <summary>One silo with sessions and projects over this store, on this clock.</summary>
    /// <param name="more">What else it has.</param>
    public static async Task<InProcessTestCluster> Start(IEventStore store, TimeProvider clock, CancellationToken cancellationToken, Action<IServiceCollection>? more = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(store).AddSingleton<IRowStore>(new InMemoryRowStore()).AddCatalogue().AddFeeds();
            silo.Services.AddSingleton(clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddCalendar().AddPortfolio();
            more?.Invoke(silo.Services);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(cancellationToken);
        return cluster;
    }
}
