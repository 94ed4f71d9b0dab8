using Agency;
using Agency.Api.Access;
using Agency.Api.Agents;
using Agency.Api.Approvals;
using Agency.Api.Calendar;
using Agency.Api.Catalogue;
using Agency.Api.Clocks;
using Agency.Api.Coordination;
using Agency.Api.Deliveries;
using Agency.Api.Departments;
using Agency.Api.Feeds;
using Agency.Api.Forecasts;
using Agency.Api.Hosting;
using Agency.Api.Http;
using Agency.Api.Ledgers;
using Agency.Api.Managers;
using Agency.Api.Mandates;
using Agency.Api.Notifications;
using Agency.Api.OpenApi;
using Agency.Api.Persons;
using Agency.Api.Portfolio;
using Agency.Api.Problems;
using Agency.Api.Progress;
using Agency.Api.Projects;
using Agency.Api.Ratings;
using Agency.Api.Readings;
using Agency.Api.Reviews;
using Agency.Api.Schedules;
using Agency.Api.Tools;
using Agency.Api.Visits;
using Agency.Api.Webhooks;
using Agency.Api.Worklists;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

try
{
    if (Tools.Run(args) is { } tool) return await tool;

    // Settings lie beside the binaries, wherever the service is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var options = ServiceOptions.Register(builder, args);
    builder.Listen(options);
    builder.Logging.KeepQueriesOut();
    builder.Services.TryAddSingleton(TimeProvider.System);
    builder.UseSilos(options);
    builder.Services.AddBearerTokens(options.Access, options.Access.Authority is null ? EmbeddedIssuer.Of(options.Data) : null);
    builder.Services.AddConventions(options.Limits);
    builder.Services.AddApiDocument();
    builder.Services.AddSingleton<FlowSimulations>();
    builder.Services.AddSingleton<LedgerReasons>();
    builder.Services.AddSingleton<PaperTexts>();
    builder.Services.AddSingleton<NewestCalendar>();

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseListening();
    app.UseConventions();
    app.MapHealth();
    app.MapApiDocument();
    if (options.Dashboard) app.MapDashboard();

    var api = app.MapApi();
    api.MapProjects();
    api.MapProjectLife();
    api.MapProjectRecord();
    api.MapProgress();
    api.MapLedgers();
    api.MapPortfolio();
    api.MapPerformance();
    api.MapForecast();
    api.MapApprovals();
    api.MapManagers();
    api.MapMandates();
    api.MapProblems();
    api.MapVisits();
    api.MapCoordination();
    api.MapRatings();
    api.MapReviews();
    api.MapResolutions();
    api.MapCalendar();
    api.MapCalendarImpact();
    api.MapCatalogue();
    api.MapDepartments();
    api.MapAgents();
    api.MapPersons();
    api.MapReadings();
    api.MapReviewSeries();
    api.MapWorklists();
    api.MapPapers();
    api.MapNotifications();
    api.MapSchedules();
    api.MapClock();
    api.MapFeeds();
    api.MapWebhooks();
    api.MapDeliveries();

    // Opened here and not by the host, which would log at length what the operator is told in one sentence.
    app.Services.GetService<IEventStore>();
    await app.RunUntilTold();
    return 0;
}
catch (Exception e) when (e is StartupException or InvalidDataException or IOException { InnerException: AddressInUseException }) // for a settings file that is no JSON; for a port taken since it was looked at
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

/// <summary>Public for WebApplicationFactory alone.</summary>
public sealed partial class Program;
