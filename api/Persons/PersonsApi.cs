using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Persons;

/// <summary>The directory of persons: names and how to reach them. Everything else knows opaque ids alone.</summary>
internal static class PersonsApi
{
    public static void MapPersons(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/persons/{id}").WithTags("Persons");
        group.MapGet("/", View).WithName("ViewPerson").WithSummary("A person; phone and mail address masked but for the office, the administrator and the person itself.");
        group.MapPut("/", Put).WithName("PutPerson").WithSummary("Writes a person down; the office, the administrator or the person itself.");
        group.MapDelete("/", Erase).WithName("ErasePerson").WithSummary("Erases a person from the directory; elsewhere the id stays.");
    }

    private static async Task<Results<Tagged<PersonAnswer>, Refused>> View(string id, ActingPerson person, IGrainFactory grains) =>
        await grains.Persons().Get(id, person.Actor) is { } view ? new Tagged<PersonAnswer>(PersonAnswer.Of(view), view.Version) : new Refused(Refusal.Of("person-not-found", ("person", id)));

    private static async Task<Results<Tagged<PersonAnswer>, Refused>> Put(string id, PersonBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Persons().Put(id, new(body.Name, body.Phone, body.Mail), command.Act())).ToStep(PersonAnswer.Of);

    private static async Task<Results<NoContent, Refused>> Erase(string id, ActingPerson person, IGrainFactory grains) =>
        await grains.Persons().Erase(id, person.Actor) is { } refusal ? new Refused(refusal) : TypedResults.NoContent();

    private static IPersonsGrain Persons(this IGrainFactory grains) => grains.GetGrain<IPersonsGrain>(IPersonsGrain.Key);
}

/// <summary>What the directory is to hold of a person; what is left out it holds no longer.</summary>
/// <param name="Phone">Digits, blanks and hyphens, + before the country's code.</param>
public sealed record PersonBody(string Name, string? Phone = null, string? Mail = null);

/// <summary>A person.</summary>
/// <param name="Masked">Whether phone and mail address are masked: 138****1234.</param>
public sealed record PersonAnswer(string Id, string Name, string? Phone, string? Mail, bool Masked)
{
    internal static PersonAnswer Of(PersonView view) => new(view.Id, view.Details.Name, view.Details.Phone, view.Details.Mail, view.Masked);
}
