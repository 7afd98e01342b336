import { createRootRoute, Navigate, Outlet } from "@tanstack/react-router";
import { NoticeArea } from "../../ui/notices/notice-area.tsx";

/** Parent of every page. */
export const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <NoticeArea />
    </>
  ),
  notFoundComponent: () => <Navigate to="/console" replace />,
});
