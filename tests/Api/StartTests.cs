using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Agency.Api.Hosting;

namespace Agency.Tests.Api;

/// <summary>The program as a process of its own: what a start does with wrong settings.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Agency:Port", "--port", "many")]
    [InlineData("--port", "--port", "65536")]
    [InlineData("--port", "--port", "-1")]
    [InlineData("--data", "--data", "/dev/null/x")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string named, string name, string value)
    {
        var (code, output, error) = await Run(name == "--port" ? [name, value] : ["--port", "0", name, value]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, _, error) = await Run(["--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}"]);
        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public void The_defaults_are_pinned()
    {
        var options = new ServiceOptions();
        Assert.Equal((5155, "agency-data"), (options.Port, options.Data));
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] arguments)
    {
        var directory = Directory.CreateTempSubdirectory("agency-");
        try
        {
            var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory.FullName };
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
