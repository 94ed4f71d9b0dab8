using System.ComponentModel.DataAnnotations;
using Agency.Silo.Hosting;

namespace Agency.Api.Hosting;

/// <summary>Where the service listens and where its data lies. Section <c>Agency</c>; on the command line <c>--port</c> and <c>--data</c>.</summary>
public sealed class ServiceOptions
{
    public const string Section = "Agency";

    private static readonly Dictionary<string, string> _switches = new()
    {
        ["--port"] = $"{Section}:{nameof(Port)}",
        ["--data"] = $"{Section}:{nameof(Data)}",
    };

    /// <summary>The port on the loopback interface; 0 takes any that is free. The default is 5155.</summary>
    [Range(0, 65535, ErrorMessage = "The port (--port) must be a number from 0 to 65535.")]
    public int Port { get; set; } = 5155;

    /// <summary>The directory of the service's data, made when it is missing; relative to the working directory. The default is <c>agency-data</c>.</summary>
    [Required(ErrorMessage = "The data directory (--data) must not be empty.")]
    public string Data { get; set; } = "agency-data";

    /// <summary>Reads, checks and registers the options; afterwards the port is free, and the data directory exists and is a full path.</summary>
    /// <exception cref="StartupException">One of them cannot be used.</exception>
    internal static ServiceOptions Register(WebApplicationBuilder builder, string[] args)
    {
        // WebApplicationFactory hands its settings over as arguments in this form, too.
        builder.Configuration.AddCommandLine(args, _switches);
        var options = Read(builder.Configuration.GetSection(Section));
        if (!LoopbackPort.IsFree(options.Port)) throw new StartupException($"Port {options.Port} cannot be listened on: another program has it, or it needs more rights. Choose another with --port.");
        try
        {
            options.Data = Directory.CreateDirectory(options.Data).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException($"The data directory '{options.Data}' cannot be made or read: {e.Message} Choose another with --data.", e);
        }

        builder.Services.AddSingleton(options);
        return options;
    }

    private static ServiceOptions Read(IConfigurationSection section)
    {
        var options = new ServiceOptions();
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new StartupException($"A setting cannot be read: {e.Message}", e);
        }

        var errors = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new(options), errors, validateAllProperties: true)) throw new StartupException(errors[0].ErrorMessage ?? $"The section {Section} is wrong.");
        return options;
    }
}
