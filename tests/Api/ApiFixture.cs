using Agency.Api.Access;
using Agency.People;
using Agency.Tests.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Api;

/// <summary>The whole service in this process, as a class fixture: its own silo on a free port, its own data directory (deleted in
/// the end), and a clock that only the test moves. A subclass may begin on another day, keep a directory or add services.</summary>
public class ApiFixture : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");

    /// <summary>The clock of grains and interface; it begins at 09:00 on Monday 2026-03-02 in Shanghai. The silo's own affairs stay on real time.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>A client that acts for this person.</summary>
    public HttpClient As(Role role, string id = "ada", string? department = null, string? creditCode = null)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token(new(id, role, department, creditCode)));
        return client;
    }

    /// <summary>Everything that it has stored is what its facts come to.</summary>
    public Task IsWhole() => FullChecks.IsWhole(DataDirectory);

    /// <summary>A token of the service for longer than any test's clock moves.</summary>
    public string Token(Actor actor) => Issuer.Issue(actor, Clock.GetUtcNow().AddDays(-1), TimeSpan.FromDays(3650));

    /// <summary>Whose tokens it takes.</summary>
    internal EmbeddedIssuer Issuer => field ??= EmbeddedIssuer.Of(DataDirectory);

    /// <summary>The directory that the service keeps its data in.</summary>
    protected virtual string DataDirectory => _data.FullName;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Agency:Port", "0");
        builder.UseSetting("Agency:Data", DataDirectory);

        // What happens by itself happens where a test asks for it.
        builder.UseSetting("Agency:Schedules:Enabled", "false");
        builder.ConfigureLogging(logging => logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Error));
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_data.Exists) _data.Delete(recursive: true);
    }
}
