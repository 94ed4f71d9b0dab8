using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agency.Faults.Processes;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Hosting;

/// <summary>The real process with a certificate of its own.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_certificate_it_speaks_https_alone_and_says_so_for_a_year(bool inOneFile)
    {
        var (certificate, file, settings) = Certified(inOneFile);
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint };
        await using var service = await ServiceProcess.Start(_data.FullName, Requests.Cancel, handler, settings);

        var response = await service.Client.Get("/api/v1/projects");
        await response.Body(200);
        Assert.Equal("max-age=31536000", response.Headers.GetValues("Strict-Transport-Security").Single());

        using var plain = new HttpClient { BaseAddress = new UriBuilder(service.Client.BaseAddress!) { Scheme = "http" }.Uri };
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync("/health/live", Requests.Cancel));
        certificate.Dispose();
        Assert.True(File.Exists(file));
    }

    public void Dispose() => _data.Delete(recursive: true);

    private (X509Certificate2 Certificate, string File, string[] Settings) Certified(bool inOneFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (file, keyFile) = (Path.Combine(_data.FullName, "tls.pem"), Path.Combine(_data.FullName, "tls.key"));
        File.WriteAllText(file, certificate.ExportCertificatePem() + (inOneFile ? $"\n{key.ExportPkcs8PrivateKeyPem()}" : ""));
        if (!inOneFile) File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificate, file, inOneFile ? [$"Agency:Certificate={file}"] : [$"Agency:Certificate={file}", $"Agency:CertificateKey={keyFile}"]);
    }
}
