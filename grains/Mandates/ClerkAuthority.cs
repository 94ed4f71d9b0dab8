using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;

namespace Agency.Mandates;

/// <summary>Whether a clerk may do for the owner what it is about to do: only inside an active mandate (domain 9). Everybody else is none of its business.</summary>
internal static class ClerkAuthority
{
    /// <summary>Why the actor, if it is a clerk, may not take a step of an item; null if it may.</summary>
    public static Refusal? Check(PlannedItem item, ProjectState state, ProjectContext context) => Check(item.Code, m => m.Covers(item), state, context);

    /// <summary>Why the actor, if it is a clerk, may not act for all of a stage; null if it may.</summary>
    public static Refusal? CheckStage(string stage, ProjectState state, ProjectContext context) => Check(stage, m => m.CoversStage(stage), state, context);

    /// <summary>Why the actor, if it is a clerk or a manager, may not see what there is to prepare; null if it may.</summary>
    public static Refusal? CheckReading(ProjectState state, ProjectContext context) => context.Act.Actor.Role switch
    {
        Role.Clerk => state.Service.Mandate is { IsAgreed: true } mandate ? CheckClerk(mandate, context) : Refusal.Of("no-mandate"),
        Role.Manager when !context.IsManager(state) => Refusal.Of("not-its-manager"),
        _ => null,
    };

    private static Refusal? CheckClerk(Mandate mandate, ProjectContext context) => mandate.ActingClerks.Any(c => context.ActsAs(c.Agent)) ? null : Refusal.Of("not-its-clerk");

    private static Refusal? Check(string what, Func<Mandate, bool> covers, ProjectState state, ProjectContext context)
    {
        if (context.Act.Actor.Role != Role.Clerk) return null;
        if (state.Service.Mandate is not { IsAgreed: true } mandate) return Refusal.Of("no-mandate");
        if (CheckClerk(mandate, context) is { } stranger) return stranger;
        return mandate.IsInTerm(context.Day) && covers(mandate)
            ? null
            : Refusal.Of("outside-mandate", ("item", what), ("covers", Named(mandate, state, context)), ("from", mandate.From), ("until", mandate.Until));
    }

    // By codes, which are the same in every language.
    private static string Named(Mandate mandate, ProjectState state, ProjectContext context) =>
        string.Join(", ", mandate.Scope == MandateScope.Full ? MandateForm.StagesOf(context.Plans.Of(state.Plan!)) : mandate.Stages.Concat(mandate.Items));
}
