using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Catalogue;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Catalogue;

/// <summary>Flows with their versions, and what they are made of: items, procedures, conditions.</summary>
internal static class CatalogueApi
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/catalogue").WithTags("Catalogue");
        group.MapGet("/flows", Flows).WithName("ListFlows").WithSummary("The flows by code, each with all its versions.");
        group.MapGet("/flows/{code}", View).WithName("ViewFlow").WithSummary("The newest version of a flow, or another.");
        group.MapPut("/flows/{code}", Put).WithName("PutFlow").WithSummary("Makes a version of a flow; the same content again makes none.");
        group.MapGet("/items", Items).WithName("ListCatalogueItems").WithSummary("The items of the catalogue, or those of a stage.");
        group.MapGet("/items/{code}", Item).WithName("ViewCatalogueItem").WithSummary("An item of the catalogue.");
        group.MapGet("/procedures", Procedures).WithName("ListProcedures").WithSummary("The procedures that stop a clock 特别程序.");
        group.MapGet("/conditions", Conditions).WithName("ListConditions").WithSummary("The questions 情形 of the catalogue.");
        group.MapGet("/service", (CityData city) => TypedResults.Ok(city.Service)).WithName("ViewServiceRules").WithSummary("What the service counts by: levels of problems and their days, categories, visits, follow-ups, cases.");
    }

    private static IFlowsGrain FlowsGrain(this IGrainFactory grains) => grains.GetGrain<IFlowsGrain>(IFlowsGrain.Key);

    private static async Task<Ok<Page<FlowListing>>> Flows([AsParameters] ListQuery list, IGrainFactory grains) =>
        TypedResults.Ok(list.PageOf(await grains.FlowsGrain().List(), flow => flow.Code));

    private static async Task<Results<Tagged<FlowView>, Refused>> View(string code, int? version, FlowSimulations simulations, RequestLanguage language, IGrainFactory grains) =>
        await grains.FlowsGrain().Get(code, version) is { } flow
            ? new Tagged<FlowView>(FlowView.Of(flow, simulations.Of(flow), language), flow.Version)
            : new Refused(Refusal.Of("flow-not-found", ("code", code)));

    private static async Task<Results<Tagged<FlowView>, Refused>> Put(string code, FlowBody body, CommandContext command, FlowSimulations simulations, RequestLanguage language, IGrainFactory grains) =>
        (await grains.FlowsGrain().Put(code, body.ToDraft(), command.Act())).ToStep(put => FlowView.Of(put.Flow, simulations.Of(put.Flow), language));

    private static Ok<Page<CatalogueItemView>> Items(string? stage, [AsParameters] ListQuery list, CityData city) =>
        TypedResults.Ok(list.PageOf([.. city.Items.Where(i => stage is null || i.Definition.Stage == stage).Select(CatalogueItemView.Of)], item => item.Code));

    private static Results<Ok<CatalogueItemView>, Refused> Item(string code, CityData city) =>
        city.Item(code) is { } item ? TypedResults.Ok(CatalogueItemView.Of(item)) : new Refused(Refusal.Of("catalogue-item-not-found", ("code", code)));

    private static Ok<Page<Procedure>> Procedures([AsParameters] ListQuery list, CityData city) =>
        TypedResults.Ok(list.PageOf([.. city.Procedures.Values], procedure => procedure.Code));

    private static Ok<Page<Condition>> Conditions([AsParameters] ListQuery list, CityData city) =>
        TypedResults.Ok(list.PageOf(city.Conditions, condition => condition.Code));
}
