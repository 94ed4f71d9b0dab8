namespace Agency.Faults.Processes;

/// <summary>A directory that goes with the trial.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("agency-faults-");

    public string Path => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}
