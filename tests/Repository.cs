namespace Agency.Tests;

/// <summary>The files of this repository, for the tests that compare with them.</summary>
internal static class Repository
{
    /// <summary>The directory of Agency.sln.</summary>
    public static string Root => Faults.Repository.Root;

    public static string PathOf(params string[] parts) => Faults.Repository.PathOf(parts);

    /// <summary>Holds a page that is made from the code against the one that is checked in; <c>./dev openapi</c> writes it anew.</summary>
    public static async Task CheckMade(string path, string page)
    {
        var (file, cancel) = (PathOf(path), TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") await File.WriteAllTextAsync(file, page, cancel);
        Assert.True(File.Exists(file) && page == await File.ReadAllTextAsync(file, cancel), $"{path} is old: run ./dev openapi and look at the difference.");
    }
}
