using System.Text;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agency.Tests.Api.Records;

/// <summary>A service over a file that outlives it.</summary>
/// <param name="erases">Whether its store lets go of texts.</param>
internal sealed class KeptApi(DirectoryInfo data, bool erases = true) : ApiFixture
{
    protected override string DataDirectory => data.FullName;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        if (erases) return;
        builder.ConfigureTestServices(services =>
        {
            var store = services.Last(s => s.ServiceType == typeof(IEventStore));
            services.Replace(ServiceDescriptor.Singleton<IEventStore>(provider => new Unerasing((IEventStore)store.ImplementationFactory!(provider))));
        });
    }
}

internal static class KeptFiles
{
    /// <summary>Whether some file of the store holds the text, wherever in it.</summary>
    public static bool Keeps(this DirectoryInfo data, string text) => data.EnumerateFiles("agency.db*").Any(file =>
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    });
}
