using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Approvals;

/// <summary>Who may take a step of an item (domain 5.1).</summary>
internal static class StepAuthority
{
    /// <summary>Why this actor may not take the step; null if it may.</summary>
    /// <param name="step">The step.</param>
    /// <param name="act">Who takes it, and on whose behalf.</param>
    /// <param name="department">The item's department.</param>
    public static Refusal? Check(Step step, Act act, Department department) => Check(step, act, department.Code, department.Kind);

    private static Refusal? Check(Step step, Act act, string department, OrganKind kind) => act.Actor.Role switch
    {
        Role.Office => step is Confirmation || IsApplicants(step) ? Unneeded(act) : OnBehalf(step, act, department, kind),
        Role.Owner or Role.Clerk => IsApplicants(step) ? null : IsRecordedByApplicant(kind) ? Recorded(step, department) : NotYours(step, department),
        Role.Department when kind != OrganKind.Department || act.Actor.Department != department => Refusal.Of("item-not-found", ("item", step.Item)),
        Role.Department => IsApplicants(step) || step is Confirmation ? NotYours(step, department) : null,
        _ => NotYours(step, department),
    };

    /// <summary>Whether an applicant records start and end of such an organ's items itself, to be confirmed by the office.</summary>
    public static bool IsRecordedByApplicant(OrganKind kind) => kind is OrganKind.Intermediary or OrganKind.Utility or OrganKind.TradingCentre or OrganKind.Owner;

    private static bool IsApplicants(Step step) => step is Submission or Supplement or HandIn or Withdrawal;

    private static Refusal? Recorded(Step step, string department) => step switch
    {
        Acceptance => null,
        ItemDecision { Evidence.IsEmpty: true, DocumentNumber: null } => Refusal.Of("evidence-missing", ("item", step.Item)),
        ItemDecision => null,
        _ => NotYours(step, department),
    };

    private static Refusal? OnBehalf(Step step, Act act, string department, OrganKind kind)
    {
        if (act.OnBehalfOf is null) return kind == OrganKind.Department ? Refusal.Of("on-behalf-of-missing", ("item", step.Item), ("department", department)) : null;
        return act.OnBehalfOf == department ? null : Refusal.Of("on-behalf-of-other", ("item", step.Item), ("department", department));
    }

    private static Refusal? Unneeded(Act act) => act.OnBehalfOf is null ? null : Refusal.Of("on-behalf-of-unneeded");

    private static Refusal NotYours(Step step, string department) => Refusal.Of("step-not-yours", ("item", step.Item), ("department", department));
}
