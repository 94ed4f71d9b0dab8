namespace Agency.Api.Hosting;

/// <summary>The directory that all of the service's data lies in.</summary>
internal static class DataDirectory
{
    /// <summary>Its full path, made when it is missing.</summary>
    /// <exception cref="StartupException">It cannot be made or read.</exception>
    public static string Made(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException($"The data directory '{path}' cannot be made or read: {e.Message} Choose another with --data.", e);
        }
    }
}
