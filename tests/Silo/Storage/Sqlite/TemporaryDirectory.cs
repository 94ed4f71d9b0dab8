namespace Agency.Tests.Silo.Storage.Sqlite;

/// <summary>A directory that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("agency-").FullName;

    public IEnumerable<string> FileNames => Directory.GetFiles(Path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal)!;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Every file with what is in it, but for the lock, which is nobody's data.</summary>
    public Dictionary<string, byte[]> Contents() =>
        FileNames.Where(name => name != Agency.Silo.Storage.Sqlite.SqliteDirectory.LockName).ToDictionary(name => name, name => System.IO.File.ReadAllBytes(File(name)));

    public bool AnyFileHolds(byte[] bytes) => Contents().Values.Any(content => content.AsSpan().IndexOf(bytes) >= 0);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
