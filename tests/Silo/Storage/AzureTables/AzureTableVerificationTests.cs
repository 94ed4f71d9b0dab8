using System.Diagnostics;
using Agency.EventSourcing;
using Agency.Silo.Storage;
using Agency.Silo.Storage.AzureTables;
using Agency.Tests.Api;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;
using Agency.Tests.Silo.AzureTables;
using Agency.Tests.Silo.Storage.Sqlite;
using Agency.Tests.Storage;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;

namespace Agency.Tests.Silo.Storage.AzureTables;

/// <summary>What a service has written, in tables; and somebody bends them.</summary>
public sealed class AzureTableVerificationTests(Azurite azurite, AzureTableVerificationTests.Service service) : IClassFixture<AzureTableVerificationTests.Service>, IAsyncLifetime
{
    private static readonly StreamId _project = new("project", Registration.Code(1));

    private readonly TestTables _tables = new(azurite);
    private readonly TemporaryDirectory _data = new();
    private AzureTableEventStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Partition => Keys.Partition(_project, Sharding.DefaultShards);

    public async ValueTask InitializeAsync()
    {
        _store = await _tables.Open();
        using var written = Agency.Silo.Storage.Sqlite.SqliteReader.Open(service.Data);
        await foreach (var head in written.Heads(Cancel))
        {
            var (facts, version) = (await written.Read(head.Stream, 0, Cancel).ToListAsync(Cancel), 0L);
            foreach (var commit in facts.GroupBy(f => FactJson.RecordedAt(f.Bytes)))
            {
                var some = commit.ToList();
                Assert.Equal(CommitOutcome.Committed, await _store.Commit(new(head.Stream, version, some, (await written.FindSummary(head.Stream, Cancel))!.Bytes, Marked: version == 0), Cancel));
                version += some.Count;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _data.Dispose();
        await _tables.DisposeAsync();
    }

    [Fact]
    public async Task What_a_service_has_written_is_whole()
    {
        var (of, findings) = await FullChecks.Of(_store.Reader);
        Assert.Empty(findings);
        Assert.True(of is { Whole: true, Streams: 6 });

        // The markers that the copy made are as old as the facts.
        var running = (await FullChecks.Of(_store.Reader, TimeProvider.System)).Of;
        Assert.Equal((false, 6L), (running.Whole, running.OldMarkers));
    }

    [Theory]
    [InlineData("Facts", "cut")]
    [InlineData("Facts", "long")]
    [InlineData("Facts", "text")]
    [InlineData("Hashes", "cut")]
    [InlineData("Hashes", "text")]
    [InlineData("Texts", "long")]
    [InlineData("Texts", "text")]
    public async Task A_row_of_facts_that_is_garbled_breaks_its_stream_and_no_look_at_the_others(string property, string how)
    {
        await Garble(Keys.Commit(_project, 1), property, how);
        var of = new StoreVerification(_store.Reader, new(_data.Path));
        var finding = Assert.Single(await of.Findings(cancellationToken: Cancel).ToListAsync(Cancel));
        Assert.StartsWith($"{_project} 1: ", finding.What, StringComparison.Ordinal);
        Assert.Equal((false, 6L, 1), (of.Whole, of.Streams, of.BrokenStreams));
        Assert.Single((await FullChecks.Of(_store.Reader)).Findings);
    }

    [Theory]
    [InlineData("Version", "text", "the stream has 2 facts and no summary")]
    [InlineData("Bytes", "text", "the stream's summary says something else than its facts")]
    [InlineData("Bytes", "long", "the stream's summary says something else than its facts")]
    public async Task A_summary_that_is_garbled_is_found(string property, string how, string what)
    {
        await Garble(Keys.Summary(_project), property, how);
        Assert.EndsWith($": {what}", Assert.Single((await FullChecks.Of(_store.Reader)).Findings).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_stream_without_a_last_hash_no_anchor_is_made()
    {
        await Garble(Keys.Commit(_project, 2), "Hashes", "text");
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => new Agency.Silo.Storage.Anchors.AnchorDirectory(_data.Path).Make(_store.Reader, TimeProvider.System, Cancel));
        Assert.Equal($"No anchor can be made of a stream that is broken: look at {_project} by 'verify'.", refused.Message);
    }

    [Fact]
    public async Task The_tools_open_the_tables_that_the_settings_name()
    {
        var anchor = await Tool("anchor", "--mode", "cluster");
        Assert.Equal((0, ""), (anchor.Code, anchor.Error));
        Assert.EndsWith(" 6 streams 15 facts\n", anchor.Output, StringComparison.Ordinal);
        var verified = await Tool("verify", "--mode", "cluster", "--full", "--anchor", anchor.Output.Split(' ')[2]);
        Assert.Equal((0, "6 streams, 15 facts, 1 anchors: whole\n", ""), verified);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_not_made()
    {
        await _tables.Streams().DeleteEntityAsync(Keys.Store, MadeRow.Key, cancellationToken: Cancel);
        foreach (var table in (string[])["TNone", _tables.StreamsTable])
        {
            var settings = await Settings(table);
            var none = await Assert.ThrowsAsync<StartupException>(() => ReadableStore.Open(settings, _data.Path, Cancel));
            Assert.StartsWith($"There is no store of this service in the table {table}: ", none.Message, StringComparison.Ordinal);
        }

        using var embedded = await ReadableStore.Open(new ConfigurationBuilder().Build(), service.Data, Cancel);
        Assert.Equal(6, await embedded.Reader.Heads(Cancel).CountAsync(Cancel));
    }

    private async Task<IConfiguration> Settings(string table) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Agency:Mode"] = "Cluster",
        ["Agency:Cluster:ConnectionString"] = await azurite.Connection(),
        ["Storage:AzureTables:StreamsTable"] = table,
    }).Build();

    private async Task Garble(string key, string property, string how)
    {
        var row = (await _tables.Streams().GetEntityAsync<TableEntity>(Partition, key, cancellationToken: Cancel)).Value;
        row[property] = how switch
        {
            "cut" => row.GetBinary(property)[..^1],
            "long" => new byte[] { 255, 255, 255, 127 },
            _ => "text",
        };
        await _tables.Streams().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancel);
    }

    private async Task<(int Code, string Output, string Error)> Tool(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments, "--storage", await azurite.Connection(), "--data", _data.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Storage__AzureTables__StreamsTable"] = _tables.StreamsTable },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Has stored a few streams.</summary>
    public sealed class Service : ApiFixture, IAsyncLifetime
    {
        public string Data => DataDirectory;

        public async ValueTask InitializeAsync()
        {
            foreach (var number in (int[])[1, 2, 3]) await this.Registered(number);
            await this.Managed($"{Registration.Path}/{Registration.Code(1)}", "chen");
        }
    }
}
