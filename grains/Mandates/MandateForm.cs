using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Mandates;

/// <summary>Whether what is said of a mandate can be so at all, however it stands.</summary>
internal static class MandateForm
{
    /// <summary>All that is impossible, by JSON pointer.</summary>
    public static Fault[] Check(MandateFact command, ProjectState state, ProjectContext context) =>
        [.. Members(command, state, context), .. StepForm.Number(command.DocumentNumber), .. StepForm.Texts(context.Act)];

    private static Fault[] Members(MandateFact command, ProjectState state, ProjectContext context) => command switch
    {
        MandateRequested { Consent: false } => [Fault.Of("/consent", "consent-missing")],
        MandateRequested request => [.. Scope(request, context.Plans.Of(state.Plan!)), .. Term(request, context.Day)],
        MandateAgreed or MandateCompleted when command.DocumentNumber is null => [Fault.Of("/documentNumber", "document-number-missing")],
        MandateCompleted when !context.Act.Gives(MandateCompleted.CallBack) => [Fault.Of("/callBack", "call-back-missing")],
        MandateCompleted completed => StepForm.Materials("/handedOver", [.. completed.HandedOver.Select(n => new SubmittedMaterial(n))]),
        ClerkAppointed when !context.Act.Gives(ClerkAppointed.Plan) => [Fault.Of("/plan", "clerk-plan-missing")],
        _ => [],
    };

    private static IEnumerable<Fault> Scope(MandateRequested request, FlowPlan plan)
    {
        if (request.Scope == MandateScope.Full) return request.Stages.IsEmpty && request.Items.IsEmpty ? [] : [Fault.Of("/scope", "full-names-parts")];
        if (request.Stages.IsEmpty && request.Items.IsEmpty) return [Fault.Of("/scope", "part-names-none")];
        var stages = StagesOf(plan).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. request.Stages.Index().Where(s => !stages.Contains(s.Item)).Select(s => Fault.Of($"/stages/{s.Index}", "unknown-stage", ("code", s.Item))),
            .. request.Items.Index().Where(i => plan.Find(i.Item) is null || WorkExpansion.BaseOf(i.Item) != i.Item).Select(i => Fault.Of($"/items/{i.Index}", "unknown-item", ("code", i.Item))),
            .. Fault.Twice("/stages", request.Stages),
            .. Fault.Twice("/items", request.Items),
        ];
    }

    /// <summary>The stages that items of a plan are in, SP among them.</summary>
    public static IEnumerable<string> StagesOf(FlowPlan plan) => plan.Source.Flow.Stages.Select(s => s.Code).Concat(plan.Items.Select(i => i.Definition.Stage)).Distinct();

    private static IEnumerable<Fault> Term(MandateRequested request, DateOnly day)
    {
        if (request.From is { Year: < CalendarDecider.FirstYear } from) yield return Fault.Of("/term/from", "day-too-early", ("day", from), ("first", CalendarDecider.FirstYear));
        if (request.Until < (request.From > day ? request.From : day)) yield return Fault.Of("/term/until", "term-over", ("until", request.Until));
    }
}
