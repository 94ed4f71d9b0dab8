using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Agency.Tests.Silo.Feeds;

/// <summary>What another reader of iCalendar, npm's ical.js, finds in an object.</summary>
internal static class IcalJs
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>Skips the test where there is no npm, but in CI.</summary>
    public static async Task<IcalComponent> Read(string text)
    {
        var (script, cancel) = (Repository.PathOf("tests", "tools", "ical.mjs"), TestContext.Current.CancellationToken);
        Assert.SkipUnless(Directory.Exists(Repository.PathOf("tests", "tools", "node_modules", "ical.js")) || Environment.GetEnvironmentVariable("CI") == "true", "ical.js is not installed (./dev test installs it where there is npm).");
        var file = Path.Combine(Path.GetTempPath(), $"agency-{Guid.NewGuid():N}.ics");
        try
        {
            await File.WriteAllTextAsync(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancel);
            using var process = Process.Start(new ProcessStartInfo("node", [script, file]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })
                ?? throw new InvalidOperationException("No process.");
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            await process.WaitForExitAsync(cancel);
            Assert.True(process.ExitCode == 0, $"{await error}\n{text}");
            return JsonSerializer.Deserialize<IcalComponent>(await output, _json)!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <summary>A component of an iCalendar object; times in UTC, days as days.</summary>
internal sealed record IcalComponent(string Name, IReadOnlyList<IcalProperty> Properties, IReadOnlyList<IcalComponent> Components)
{
    /// <summary>The one value of a property; null if there is none.</summary>
    public string? this[string name] => Find(name)?.Value;

    public IcalProperty? Find(string name) => Properties.SingleOrDefault(p => p.Name == name);
}

internal sealed record IcalProperty(string Name, string Type, IReadOnlyDictionary<string, string> Parameters, string Value);
