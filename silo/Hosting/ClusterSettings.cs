using System.ComponentModel.DataAnnotations;
using Agency.Silo.AzureTables;
using Microsoft.Extensions.Configuration;

namespace Agency.Silo.Hosting;

/// <summary>The cluster that silos form and that HTTP services are clients of, section <c>Agency:Cluster</c>; all of its processes have the same. Its members and
/// everything that it stores are in tables of one Azure account (<see cref="TablesAccount"/>).</summary>
public sealed class ClusterSettings : TablesAccount
{
    public const string Section = "Agency:Cluster";

    /// <summary>What all clusters are to the runtime: the same service.</summary>
    internal const string Service = "agency";

    /// <summary>The cluster's name. Clusters of several names know nothing of each other; those of one account that keep the same tables still have one store.</summary>
    /// <value>The default value is <c>agency</c>.</value>
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9-]{0,62}$", ErrorMessage = "The cluster's name (Agency:Cluster:Id) must have 1 to 63 letters, digits and hyphens.")]
    public string Id { get; set; } = "agency";

    /// <summary>How soon a silent silo is held dead, and what that costs.</summary>
    /// <value>The default value is <see cref="MembershipProfile.Default"/>.</value>
    public MembershipProfile Profile { get; set; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">A setting cannot be used; which, in one sentence.</exception>
    public static ClusterSettings Read(IConfiguration configuration)
    {
        var settings = Settings.Read<ClusterSettings>(configuration, Section);
        return settings.ConnectionString is { Length: > 0 } || settings.Endpoint is not null ? settings
            : throw new StartupException($"A cluster needs an account of Azure Tables: set {Section}:{nameof(ConnectionString)} (--storage), or {Section}:{nameof(Endpoint)} for a managed identity.");
    }

    internal void Configure(Orleans.Configuration.ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = (Id, Service);
}

/// <summary>How silos watch each other. deploy/README.md has what each costs.</summary>
public enum MembershipProfile
{
    /// <summary>For any network: two silos must have missed it, with a probe every 3 s. Taken over in some ten seconds.</summary>
    Default,

    /// <summary>For silos in one rack or one machine: one silo's word is enough, with a probe every half second. Taken over in about a second; a silo that
    /// stands still as long, by a pause of its machine, is held dead, too.</summary>
    Lan,
}
