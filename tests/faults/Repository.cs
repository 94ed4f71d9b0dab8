namespace Agency.Faults;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    /// <summary>The directory of Agency.sln.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(DirectoryInfo? directory) => directory switch
    {
        null => throw new InvalidOperationException("This does not run inside the repository."),
        _ when File.Exists(Path.Combine(directory.FullName, "Agency.sln")) => directory.FullName,
        _ => Find(directory.Parent),
    };
}
