using Agency.Api.Access;
using Agency.Api.Tools;
using Agency.People;
using Agency.Tests.Silo.Storage.Sqlite;

namespace Agency.Tests.Api.Tools;

public sealed class TokenToolTests
{
    [Fact]
    public void What_is_asked_for_is_read()
    {
        var asked = TokenTool.Read(["--data", "d", "--role", "owner", "--sub", "li", "--credit-code", "91511302MA62900AX9", "--hours", "24"]);
        Assert.Equal(new("d", new("li", Role.Owner, null, "91511302MA62900AX9"), TimeSpan.FromHours(24)), asked);
        Assert.Equal(TimeSpan.FromHours(8), TokenTool.Read(["--role", "office", "--sub", "wang"]).Lifetime);
    }

    [Theory]
    [InlineData("claim role", "--sub", "wang")]
    [InlineData("claim sub", "--role", "office")]
    [InlineData("claim sub", "--role", "office", "--sub", "王")]
    [InlineData("claim role", "--role", "boss", "--sub", "wang")]
    [InlineData("claim department", "--role", "department", "--sub", "chen")]
    [InlineData("claim credit_code", "--role", "owner", "--sub", "li")]
    [InlineData("a value after --sub", "--role", "office", "--sub")]
    [InlineData("knows no '--name'", "--name", "wang")]
    [InlineData("--hours", "--hours", "0")]
    [InlineData("--hours", "--hours", "745")]
    [InlineData("--sub once", "--sub", "a", "--sub", "b", "--role", "office")]
    public void What_the_service_would_not_take_is_not_issued(string said, params string[] arguments) =>
        Assert.Contains(said, Assert.Throws<StartupException>(() => TokenTool.Read(arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_key_is_made_once_and_for_its_owner_alone()
    {
        using var data = new TemporaryDirectory();
        var keys = Enumerable.Range(0, 8).AsParallel().Select(_ => EmbeddedIssuer.Of(data.Path).Key.KeyId).Distinct();
        Assert.Single(keys);
        var file = Assert.Single(Directory.EnumerateFiles(data.Path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }
}
