using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Agency.Api.Hosting;
using Agency.Faults.Processes;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Silo.AzureTables;
using Agency.Tests.Silo.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Agency.Tests.Api;

/// <summary>The program as a process of its own: what a start does with wrong settings, stores and files.</summary>
public sealed class StartTests(Azurite azurite)
{
    [Theory]
    [InlineData("Agency:Port", "--port", "many")]
    [InlineData("--port", "--port", "65536")]
    [InlineData("--port", "--port", "-1")]
    [InlineData("--data", "--data", "/dev/null/x")]
    [InlineData("Agency:Limits:StreamsAtOnce", "--Agency:Limits:StreamsAtOnce", "0")]
    [InlineData("Agency:Schedules:Times:sweep", "--Agency:Schedules:Times:sweep", "often")]
    [InlineData("Agency:Mail:From", "--Agency:Mail:Host", "mail.example.cn")]
    [InlineData("Agency:Mode", "--mode", "many")]
    [InlineData("--storage", "--mode", "cluster")]
    [InlineData("--mode cluster", "--storage", "UseDevelopmentStorage=true")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string named, string name, string value)
    {
        Stopped(await Run(name == "--port" ? [name, value] : ["--port", "0", name, value]), named);
    }

    [Fact]
    public async Task A_wrong_key_of_the_cluster_stops_the_start_with_one_sentence()
    {
        var key = Convert.ToBase64String("another key"u8);
        var account = string.Join(';', (await azurite.Connection()).Split(';').Select(part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={key}" : part));
        Stopped(await Run(["--port", "0", "--mode", "cluster", "--storage", account, "--Logging:LogLevel:Default", "None"]), "Look at the account's key");
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        Stopped(await Run(["--port", port]), port);
    }

    [Theory]
    [InlineData("agency.db", "no database at all", "is damaged and was left as it is")]
    [InlineData("agency.db-wal", "a log", "is missing but its log")]
    public async Task A_bad_store_stops_the_start_with_one_sentence_and_stays_as_it_is(string file, string content, string said)
    {
        using var data = new TemporaryDirectory();
        var path = Path.Combine(data.Path, file);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        Stopped(await Run(["--port", "0", "--data", data.Path]), said);
        Assert.Equal(content, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_store_of_a_newer_version_or_of_other_shards_stops_the_start_with_one_sentence()
    {
        using var data = new TemporaryDirectory();
        await using (var service = await ServiceProcess.Start(data.Path, TestContext.Current.CancellationToken)) await service.Kill();
        Stopped(await Run(["--port", "0", "--data", data.Path, "--Storage:Shards", "32"]), "was made with 64 shards");
        using (var session = new SqliteSession(Path.Combine(data.Path, "agency.db"), SqliteOpenMode.ReadWrite)) session.Execute("PRAGMA user_version = 99");
        Stopped(await Run(["--port", "0", "--data", data.Path]), "of a newer version of this service");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_stops_with_one_sentence()
    {
        using var data = new TemporaryDirectory();
        await using var first = await ServiceProcess.Start(data.Path, TestContext.Current.CancellationToken);
        Stopped(await Run(["--port", "0", "--data", data.Path]), "is in use by another process");
    }

    [Theory]
    [InlineData("data/catalogue.json", "data/catalogue.json cannot be read")]
    [InlineData("data/organs.json", "data/organs.json cannot be read")]
    [InlineData("data/holidays.json", "holidays.json cannot be used")]
    [InlineData("appsettings.json", "appsettings.json")]
    public async Task A_garbled_file_stops_the_start_with_one_sentence_that_names_it(string file, string said)
    {
        using var binaries = new TemporaryDirectory();
        Copy(AppContext.BaseDirectory, binaries.Path);
        var path = Path.Combine(binaries.Path, file);
        await File.WriteAllTextAsync(path, "{ \"half\": ", TestContext.Current.CancellationToken);
        Stopped(await Run(["--port", "0"], binaries.Path), said);
    }

    [Theory]
    [InlineData("--Storage:Shards", "0", "Storage:Shards is 0")]
    [InlineData("--Storage:Shards", "many", "Storage:Shards")]
    public async Task A_wrong_setting_of_the_store_stops_the_start_with_one_sentence(string name, string value, string said) =>
        Stopped(await Run(["--port", "0", name, value]), said);

    [Theory]
    [InlineData("certificate", "--listen", "0.0.0.0")]
    [InlineData("certificate", "--listen", "::", "--Agency:EmbeddedIssuerElsewhere", "true")]
    [InlineData("Kestrel:Endpoints is not used", "--Kestrel:Endpoints:More:Url", "http://0.0.0.0:0")]
    [InlineData("OpenID Connect", "--listen", "0.0.0.0", "--Agency:TrustedProxies:0", "10.0.0.1")]
    [InlineData("is no IP address", "--listen", "0.0.0.0", "--Agency:TrustedProxies:0", "proxy", "--Agency:EmbeddedIssuerElsewhere", "true")]
    [InlineData("--listen", "--listen", "everywhere")]
    [InlineData("Agency:Certificate", "--Agency:Certificate", "/nowhere.pem")]
    [InlineData("Agency:Access:Authority", "--Agency:Access:Authority", "nowhere")]
    [InlineData("Agency:Access:Claims:Role", "--Agency:Access:Claims:Role", "")]
    public async Task Being_reached_by_others_needs_all_that_keeps_tokens_safe(string said, params string[] settings) =>
        Stopped(await Run(["--port", "0", .. settings]), said);

    [Fact]
    public async Task A_key_of_tokens_that_is_none_stops_the_start_with_one_sentence()
    {
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(data.Path, "issuer.pem"), "no key", TestContext.Current.CancellationToken);
        Stopped(await Run(["--port", "0", "--data", data.Path]), "issuer.pem");
    }

    [Fact]
    public void The_defaults_are_pinned()
    {
        var options = new ServiceOptions();
        Assert.Equal((5155, "agency-data", "127.0.0.1", false, null, "agency"), (options.Port, options.Data, options.Listen, options.EmbeddedIssuerElsewhere, options.Access.Authority, options.Access.Audience));
    }

    // One sentence, and nothing of the host or of a stack beside it.
    private static void Stopped((int Code, string Output, string Error) run, string said)
    {
        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    // The binaries as links, but for what the program finds its directory by, and what is to be garbled.
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "data"));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            var target = Path.Combine(to, Path.GetFileName(file));
            if (Path.GetFileName(file) is "appsettings.json" || Path.GetFileName(file).StartsWith("Agency.Api.", StringComparison.Ordinal)) File.Copy(file, target);
            else File.CreateSymbolicLink(target, file);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(from, "data"))) File.Copy(file, Path.Combine(to, "data", Path.GetFileName(file)));
        foreach (var directory in Directory.EnumerateDirectories(from).Where(d => Path.GetFileName(d) != "data")) Directory.CreateSymbolicLink(Path.Combine(to, Path.GetFileName(directory)), directory);
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] arguments, string? binaries = null)
    {
        var directory = Directory.CreateTempSubdirectory("agency-");
        try
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(binaries ?? AppContext.BaseDirectory, "Agency.Api.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory.FullName };
            using var process = Process.Start(start) ?? throw new InvalidOperationException("No process.");
            var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
