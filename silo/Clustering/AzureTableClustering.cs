using Microsoft.Extensions.DependencyInjection;
using Orleans.Messaging;

namespace Agency.Silo.Clustering;

/// <summary>Lets silos find each other, and clients find silos, by an Azure table.</summary>
public static class AzureTableClustering
{
    /// <summary>The silo writes itself down in the table and looks there for the others.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configure">Settings on top of the section <c>Clustering:AzureTables</c>.</param>
    public static ISiloBuilder UseAzureTableClustering(this ISiloBuilder silo, Action<AzureTableClusteringOptions>? configure = null)
    {
        silo.Services.AddSettings(configure).AddSingleton<IMembershipTable, AzureTableMembership>();
        return silo;
    }

    /// <summary>The client looks in the table for silos that have a gateway.</summary>
    /// <param name="client">The client.</param>
    /// <param name="configure">Settings on top of the section <c>Clustering:AzureTables</c>.</param>
    public static IClientBuilder UseAzureTableClustering(this IClientBuilder client, Action<AzureTableClusteringOptions>? configure = null)
    {
        client.Services.AddSettings(configure).AddSingleton<IGatewayListProvider, AzureTableGateways>();
        return client;
    }

    private static IServiceCollection AddSettings(this IServiceCollection services, Action<AzureTableClusteringOptions>? configure)
    {
        services.AddOptions<AzureTableClusteringOptions>().BindConfiguration(AzureTableClusteringOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).Configure(options => configure?.Invoke(options));
        return services;
    }
}
