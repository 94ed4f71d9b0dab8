using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Agency.Silo.Hosting;

/// <summary>Reads the configuration.</summary>
internal static class Settings
{
    /// <summary>The options that a section says; what it leaves out has its default.</summary>
    /// <exception cref="StartupException">A setting is unknown, or cannot be used; which, in one sentence.</exception>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        var options = new T();
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new StartupException($"A setting of {section} cannot be read: {e.Message}", e);
        }

        var errors = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), errors, validateAllProperties: true) ? options : throw new StartupException(errors[0].ErrorMessage ?? $"The section {section} is wrong.");
    }
}
