using System.Diagnostics;
using Agency.Faults.Processes;

namespace Agency.Tests.Docs;

/// <summary>The first session of the README does what it says, in either language.</summary>
public sealed class ReadmeTests
{
    private const string Address = "http://127.0.0.1:5155";

    [Fact]
    public void Both_languages_show_the_same_session() => Assert.Equal(Session("README.md"), Session("README.zh-CN.md"));

    [Fact]
    public async Task Its_commands_register_submit_accept_and_show_the_clock()
    {
        var cancel = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("agency-");
        try
        {
            await using var service = await ServiceProcess.Start(data.FullName, cancel);
            var session = Session("README.md");
            Assert.Contains(Address, session, StringComparison.Ordinal);
            var commands = session.Replace(Address, service.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal)
                .Replace("./dev token", $"dotnet {typeof(Program).Assembly.Location} token --data {data.FullName}", StringComparison.Ordinal);
            var start = new ProcessStartInfo("bash", ["-c", $"set -euo pipefail; curl() {{ command curl --fail-with-body -w '\\n' \"$@\"; }}\n{commands}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var shell = Process.Start(start) ?? throw new InvalidOperationException("No process.");
            var (output, error) = (shell.StandardOutput.ReadToEndAsync(cancel), shell.StandardError.ReadToEndAsync(cancel));
            await shell.WaitForExitAsync(cancel);
            Assert.True(shell.ExitCode == 0, await error + await output);
            Assert.StartsWith("\"clock\":{\"state\":\"running\",\"unit\":\"workingDays\",\"limitDays\":5,", (await output).TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static string Session(string readme) => string.Join('\n', MarkdownFile.Read(readme).Blocks.Where(b => b.Language == "bash").Select(b => b.Text));
}
