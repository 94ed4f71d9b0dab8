using Agency.Catalogue;
using Agency.Departments;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Silo.Catalogue;

public static class CatalogueServices
{
    /// <summary>Reads data/ at once, so that a mistake in it stops the start, and offers what follows from it.</summary>
    /// <param name="directory">Where the files are; null: beside the binaries.</param>
    /// <exception cref="StartupException">See <see cref="CityDataFiles.Load"/>.</exception>
    public static IServiceCollection AddCatalogue(this IServiceCollection services, string? directory = null)
    {
        var city = CityDataFiles.Load(directory ?? Path.Combine(AppContext.BaseDirectory, "data"));
        return services
            .AddSingleton(city)
            .AddSingleton(new DepartmentCodes(city))
            .AddSingleton<IFlowSource, FlowSource>();
    }
}
