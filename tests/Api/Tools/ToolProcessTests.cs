using System.Diagnostics;
using System.Net.Http.Json;
using Agency.Faults.Processes;
using Agency.Tests.Api.Projects;
using Agency.Tests.Silo.Storage.Sqlite;

namespace Agency.Tests.Api.Tools;

/// <summary>The tools as processes of their own, beside the service.</summary>
public sealed class ToolProcessTests
{
    private const int Writers = 4;

    [Fact]
    public async Task Verify_and_anchor_work_while_the_service_writes()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var service = await ServiceProcess.Start(data.Path, cancel, settings: "Agency:Schedules:Enabled=false");
        using var stop = new CancellationTokenSource();
        var writing = Enumerable.Range(0, Writers).Select(writer => Write(service.Client, writer, stop.Token)).ToArray();

        var anchor = await Tool("anchor", "--data", data.Path);
        Assert.Equal(0, anchor.Code);
        var runs = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var run = await Tool("verify", "--data", data.Path, "--anchor", anchor.Output.Split(' ')[2]);
            Assert.Equal((0, ""), (run.Code, run.Error));
            Assert.EndsWith("1 anchors: whole\n", run.Output, StringComparison.Ordinal);
            runs.Add(run.Output);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(writing), written => Assert.InRange(written, 1, int.MaxValue));
        Assert.Equal(runs.Count, runs.Distinct().Count());
    }

    [Fact]
    public async Task A_wrong_use_is_one_sentence_and_exit_code_2()
    {
        foreach (var tool in (string[])["verify", "anchor"])
        {
            var (code, output, error) = await Tool(tool, "--port", "1");
            Assert.Equal((2, ""), (code, output));
            Assert.StartsWith($"'{tool}' knows no '--port': it takes --data, ", error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
        }
    }

    // Registers, and then changes the name over and over; answers how often.
    private static async Task<int> Write(HttpClient client, int writer, CancellationToken stop)
    {
        var code = Registration.Code(writer);
        using (var registered = await client.PostAsync(Registration.Path, new StringContent(Registration.Body(code), System.Text.Encoding.UTF8, "application/json"), CancellationToken.None)) registered.EnsureSuccessStatusCode();
        var written = 0;
        for (; !stop.IsCancellationRequested; written++)
        {
            using var content = JsonContent.Create(new { name = $"厂房{written}" });
            using var changed = await client.PatchAsync($"{Registration.Path}/{code}", content, CancellationToken.None);
            changed.EnsureSuccessStatusCode();
        }

        return written;
    }

    private static async Task<(int Code, string Output, string Error)> Tool(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
