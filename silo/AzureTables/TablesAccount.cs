using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;

namespace Agency.Silo.AzureTables;

/// <summary>Where the tables are and how to get in: a connection string, or an endpoint that the process's managed identity may use.</summary>
public abstract class TablesAccount
{
    private string? _section;

    /// <summary>An account's connection string. Takes the place of <see cref="Endpoint"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>An account's table endpoint, entered by managed identity: <c>https://ACCOUNT.table.core.windows.net</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Client id of a user-assigned identity.</summary>
    /// <value>Null by default: the identity that the machine has.</value>
    public string? ManagedIdentity { get; set; }

    /// <summary>How long one request may take, 1 second to 2 minutes.</summary>
    /// <value>The default value is 10 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the account was set; <paramref name="own"/> if not elsewhere.</summary>
    internal string AccountSection(string own) => _section ?? own;

    /// <summary>Takes the account of another section, unless one is set here.</summary>
    internal void TakeUnsetFrom(TablesAccount other, string section)
    {
        if (ConnectionString is { Length: > 0 } || Endpoint is not null) return;
        (ConnectionString, Endpoint, ManagedIdentity, RequestTimeout, _section) = (other.ConnectionString, other.Endpoint, other.ManagedIdentity, other.RequestTimeout, section);
    }

    /// <summary>Is given the settings of every client: tests count its requests, or make them fail, by it.</summary>
    internal Action<TableClientOptions>? ClientMade { get; set; }

    /// <summary>A client of one table.</summary>
    /// <param name="section">The settings' section, for the operator.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="repeats">How often a request that failed is sent again; 0 where it is not known to do no harm.</param>
    /// <exception cref="StartupException">A setting is wrong.</exception>
    internal TableClient Client(string section, string table, int repeats)
    {
        var account = AccountSection(section);
        if (RequestTimeout < TimeSpan.FromSeconds(1) || RequestTimeout > TimeSpan.FromMinutes(2))
            throw new StartupException($"{account}:{nameof(RequestTimeout)} is {RequestTimeout}: set it from 00:00:01 to 00:02:00.");
        if (!TableRules.IsTableName(table))
            throw new StartupException($"{section} names a table '{table}': a table's name has 3 to 63 letters and digits and begins with a letter.");
        var options = new TableClientOptions
        {
            Retry =
            {
                MaxRetries = repeats,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(1),
                Mode = RetryMode.Exponential,
                NetworkTimeout = RequestTimeout,
            },
        };
        ClientMade?.Invoke(options);
        try
        {
            return ConnectionString is { Length: > 0 } connection ? new(connection, table, options)
                : Endpoint is { } endpoint ? new(endpoint, table, Credential(), options)
                : throw new StartupException($"{account} says nowhere where the tables are: set {nameof(ConnectionString)}, or {nameof(Endpoint)} for a managed identity.");
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The string holds a key: it is not repeated.
            throw new StartupException($"{account}:{nameof(ConnectionString)} or {nameof(Endpoint)} cannot be read: copy it anew from the account's page.", e);
        }
    }

    private ManagedIdentityCredential Credential() =>
        new(ManagedIdentity is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
}
